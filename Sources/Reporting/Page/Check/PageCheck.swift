public import COCO

/// What a page shows of a check by a model: the object that `copra check --format json` writes.
public struct PageCheck: Sendable {
  /// What predictions say against a label, or for one that is missing.
  struct LabelError {
    var kind: String
    var score: Double
    var image: RecordReference
    var annotation: Annotation?
    var box: Box?
  }

  let isReady: Bool
  let verdict: String
  let reasons: [String]
  private let object: JSONObject
  /// The most likely first.
  let labelErrors: [LabelError]

  private static let mostErrors = 24

  /// - Parameter datasets: what was checked. Records that are not there are passed over.
  /// - Returns: nil for an object that is no check.
  public init?(_ object: JSONObject, of datasets: [Dataset]) {
    guard let word = object["verdict"]?.string else { return nil }
    self.object = object
    isReady = word == "ready"
    let errors = object["errors"]?.integer ?? 0
    verdict =
      switch word {
      case "ready": "ready to train"
      case "fix-first": "train after \(errors == 1 ? "1 fix" : "\(errors.grouped) fixes")"
      case "not-learnable": "not learnable"
      default: word
      }
    reasons = (object["reasons"]?.list ?? []).compactMap(\.string)
    labelErrors = Self.labelErrors(object["label_scores"]?.list ?? [], of: datasets)
  }

  var pictures: [RecordReference] { labelErrors.map(\.image) }
  var next: String? { object["next"]?.string }
  /// How many there are, also those that are not shown.
  var labelErrorCount: Int {
    (object["label_scores"]?.list ?? []).count { $0.object?["is_error"] == true }
  }
  var model: JSONObject? { object["model"]?.object }

  private static func labelErrors(
    _ scores: [JSONValue], of datasets: [Dataset]
  ) -> [LabelError] {
    // A check joins the splits, which may give records other ids.
    guard datasets.count == 1, let dataset = datasets.first else { return [] }
    let (images, annotations) = (
      IDIndex(dataset.images.map(\.id)), IDIndex(dataset.annotations)
    )
    let errors = scores.compactMap { value -> LabelError? in
      guard let score = value.object, score["is_error"] == true, let kind = score["kind"]?.string,
        let number = score["score"]?.double, let id = score["image_id"]?.integer,
        let image = images.position(of: id)
      else { return nil }
      var error = LabelError(
        kind: kind, score: number, image: RecordReference(.image, image))
      if let id = score["annotation_id"]?.integer {
        guard let index = annotations.position(of: id),
          dataset.annotations[index].imageID == dataset.images[image].id
        else { return nil }
        error.annotation = dataset.annotations[index]
        error.box = error.annotation?.box
      } else {
        let corners = (score["bbox"]?.list ?? []).compactMap(\.double)
        guard corners.count == 4 else { return nil }
        error.box = Box(x: corners[0], y: corners[1], width: corners[2], height: corners[3])
      }
      return error
    }
    return Array(
      errors.enumerated().sorted { ($0.element.score, $0.offset) < ($1.element.score, $1.offset) }
        .map(\.element).prefix(mostErrors))
  }
}

extension JSONValue {
  var string: String? { if case .string(let text) = self { text } else { nil } }
  var list: [JSONValue]? { if case .array(let values) = self { values } else { nil } }
  var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
  var integer: Int? { if case .integer(let number) = self { number } else { nil } }
  var double: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }
}
