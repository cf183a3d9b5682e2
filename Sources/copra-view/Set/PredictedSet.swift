import COCO
import Console
import DetectionMetrics
import Files
import Formats

/// What a detector found on the pictures of a set.
struct PredictedSet: Sendable {
  private let form: ResultsForm
  private let iou: Double
  /// By picture, the surest first.
  private let detections: [Int: [Detection]]

  /// Reads a results file and says on standard error what in it cannot be shown.
  ///
  /// - Throws: `CommandFailure` where the file is no list of detections, `FileError` where it cannot be
  ///   read.
  init(reading file: String, iou: Double, for set: ViewedSet, workers: Workers) async throws {
    var sources = Sources()
    let contents = try await DetectionContents.results(
      in: file, workers: workers, sources: &sources)
    self.iou = iou
    form = ResultsForm(first: contents.batches.first?.first)
    let pictures = Self.picturesByID(set)
    var findings: [Finding] = []
    var detections: [Int: [Detection]] = [:]
    for detection in contents.batches.joined() {
      if let picture = pictures[detection.imageID] {
        detections[picture, default: []].append(detection)
      } else {
        let fault = Fault.unknownImage(detection.imageID)
        findings.append(
          Finding(.unknownImage, fault.message, at: detection.origin, field: .imageID))
      }
    }
    self.detections = detections.mapValues { own in
      own.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
        .map(\.element)
    }
    FindingPrinter.print(findings, in: sources)
  }

  /// An id that stands in several splits means the first.
  private static func picturesByID(_ set: ViewedSet) -> [Int: Int] {
    var pictures: [Int: Int] = [:]
    for (place, dataset) in set.imported.datasets.enumerated() {
      for (index, image) in dataset.images.enumerated() where pictures[image.id] == nil {
        pictures[image.id] = set.picture(index, in: place)
      }
    }
    return pictures
  }

  /// What became of a picture's true and found objects.
  struct Verdicts {
    var truths: [BoxComparison.Verdict?]
    var found: [(detection: Detection, verdict: BoxComparison.Verdict?)]
  }

  /// Returns what became of the objects of a picture where detections of a lower score do not count.
  func verdicts(on picture: Int, truths: [Annotation], leastScore: Double) -> Verdicts {
    let found = (detections[picture] ?? []).filter { $0.score >= leastScore }
    let comparison = BoxComparison(truths: truths, detections: found, iou: iou, form: form)
    return Verdicts(
      truths: comparison.truths, found: Array(zip(found, comparison.detections)))
  }

  /// Returns, as JSON, how many objects of each picture of a set are missed, and how many detections are
  /// false.
  func counts(in set: ViewedSet, leastScore: Double, workers: Workers) async throws -> [UInt8] {
    let size = 1024
    let parts = try await workers.tasks().map((set.count + size - 1) / size) { part in
      (part * size..<min((part + 1) * size, set.count)).map { picture in
        let truths = set.objects(on: picture)
        let verdicts = verdicts(on: picture, truths: truths, leastScore: leastScore)
        return (
          verdicts.truths.count { $0 == .unmatched },
          verdicts.found.count { $0.verdict == .unmatched }
        )
      }
    }
    var output = JSONOutput(capacity: set.count * 4)
    output.raw("{\"missed\":")
    output.append(.array(parts.joined().map { .integer($0.0) }))
    output.raw(",\"false\":")
    output.append(.array(parts.joined().map { .integer($0.1) }))
    output.raw("}")
    return output.bytes
  }
}
