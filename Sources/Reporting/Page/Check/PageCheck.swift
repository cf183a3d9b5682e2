public import COCO
import DetectionMetrics

/// The check by a model that a page shows: the object that `copra check --format json` writes.
public struct PageCheck: Sendable {
  /// The evidence of predictions against a label, or for a missing one.
  struct LabelError {
    /// The error as a message.
    var message: String
    var image: RecordReference
    var annotation: Annotation?
    var box: Box?
  }

  let isReady: Bool
  let verdict: String
  let reasons: [String]
  private let object: JSONObject
  /// The most likely first, as far as they are shown.
  let labelErrors: [LabelError]
  /// The number of errors, also of those that are not shown.
  let labelErrorCount: Int

  private static let mostErrors = 24

  /// Reads a check.
  ///
  /// - Parameter datasets: The datasets that were checked. Records that do not exist are skipped.
  /// - Returns: nil for an object that is no check.
  public init?(_ object: JSONObject, of datasets: [Dataset]) {
    guard let word = object["verdict"]?.string else { return nil }
    self.object = object
    isReady = word == "ready"
    let fixes = object["errors"]?.integer ?? 0
    verdict =
      switch word {
      case "ready": "ready to train"
      case "fix-first": "train after \(fixes == 1 ? "1 fix" : "\(fixes.grouped) fixes")"
      case "not-learnable": "not learnable"
      default: word
      }
    reasons = (object["reasons"]?.list ?? []).compactMap(\.string)
    let errors = LabelScore.errors(in: object)
    labelErrorCount = errors.count
    labelErrors = errors.isEmpty ? [] : Self.labelErrors(errors, of: datasets)
  }

  var pictures: [RecordReference] { labelErrors.map(\.image) }
  var next: String? { object["next"]?.string }
  var model: JSONObject? { object["model"]?.object }

  private static func labelErrors(
    _ scores: [LabelScore], of datasets: [Dataset]
  ) -> [LabelError] {
    let ids = MergedIDs(datasets)
    let shown = scores.lazy.compactMap { score -> LabelError? in
      guard let image = ids.image(score.imageID) else { return nil }
      var error = LabelError(message: score.message ?? score.kind.id, image: image, box: score.box)
      if let id = score.annotationID {
        guard let record = ids.annotation(id), record.dataset == image.dataset else { return nil }
        let dataset = datasets[record.dataset]
        error.annotation = dataset.annotations[record.index]
        guard error.annotation?.imageID == dataset.images[image.index].id else { return nil }
        error.box = error.annotation?.box
      }
      return error
    }
    return Array(shown.prefix(mostErrors))
  }
}
