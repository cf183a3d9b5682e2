import COCO
import Console
import DetectionMetrics
import Files
import Formats

/// What `copra check` said of the labels of a set.
struct CheckedLabels: Sendable {
  /// Likely label errors, the most likely first.
  let findings: [Finding]
  /// Of annotations.
  private let losses: [RecordReference: LabelLoss]

  /// Reads what `copra check --format json` wrote. Records that are not in the set are passed over.
  ///
  /// - Throws: `CommandFailure` for another file, `FileError` where it cannot be read.
  init(reading file: String, for set: ViewedSet) throws {
    let text = String(decoding: try InputFile.contents(file), as: UTF8.self)
    guard let check = JSONTextParser().value(text)?.object, check["verdict"] != nil else {
      throw CommandFailure("\(file): expected the output of copra check --format json")
    }
    let datasets = set.imported.datasets
    let ids = MergedIDs(datasets)
    findings = LabelScore.errors(in: check).compactMap { Self.finding($0, ids, in: datasets) }
    var losses: [RecordReference: LabelLoss] = [:]
    for value in check["label_losses"]?.list ?? [] {
      guard let loss = value.object.flatMap(LabelLoss.init),
        let record = ids.annotation(loss.annotationID)
      else { continue }
      losses[record] = loss
    }
    self.losses = losses
  }

  private static func finding(
    _ score: LabelScore, _ ids: MergedIDs, in datasets: [Dataset]
  ) -> Finding? {
    guard let message = score.message, let image = ids.image(score.imageID) else { return nil }
    guard let id = score.annotationID else {
      let origin = datasets[image.dataset].images[image.index].origin
      return Finding(score.kind, message, at: origin, record: image)
    }
    guard let record = ids.annotation(id) else { return nil }
    let annotation = datasets[record.dataset].annotations[record.index]
    return Finding(
      score.kind, message, at: annotation.origin, record: record, field: score.kind.labelField)
  }

  var hasLosses: Bool { !losses.isEmpty }

  /// Returns what the models that were learning an annotation made of it.
  func loss(of annotation: RecordReference) -> LabelLoss? { losses[annotation] }

  /// The highest loss on each picture of a set, and null where none is known, as JSON.
  func highestLosses(in set: ViewedSet) -> [UInt8] {
    var output = JSONOutput(capacity: set.count * 6)
    output.append(
      .array(
        (0..<set.count).map { picture in
          set.records(on: picture).compactMap { losses[$0]?.loss }.max()
            .map { .number(($0 * 10000).rounded() / 10000) } ?? .null
        }))
    return output.bytes
  }
}
