public import COCO

/// A score of a label, by ids: a member of `label_scores` in a check's JSON, ObjectLab's or, of what
/// has no box, by looks.
public struct LabelScore: Sendable, Equatable {
  /// The kind of error that the score measures.
  public var kind: FaultKind
  /// The score, ObjectLab's 0 … 1; the lower, the more likely an error.
  public var score: Double
  /// The id of the image.
  public var imageID: Int
  /// The id of the annotation; nil if an annotation is missing.
  public var annotationID: Int?
  /// The id of the missing object's category; nil if it is not known.
  public var categoryID: Int?
  /// The missing object's box.
  public var box: Box?
  /// Whether the score counts as an error.
  public var isError: Bool
  /// Whether the annotation's loss indicates an error too; nil if that is not known.
  public var isAgreed: Bool?
  /// The error as a message, if the score counts as one.
  public var message: String?

  /// Creates a score of a label or of a missing one.
  public init(
    kind: FaultKind, score: Double, imageID: Int, annotationID: Int? = nil, categoryID: Int? = nil,
    box: Box? = nil, isError: Bool, isAgreed: Bool? = nil, message: String? = nil
  ) {
    (self.kind, self.score, self.isError, self.isAgreed) = (kind, score, isError, isAgreed)
    (self.imageID, self.annotationID, self.categoryID) = (imageID, annotationID, categoryID)
    (self.box, self.message) = (box, message)
  }
}

/// The loss of an annotation under models that were learning it: a member of `label_losses` in a
/// check's JSON.
public struct LabelLoss: Sendable, Equatable {
  /// The id of the annotation.
  public var annotationID: Int
  /// The loss, 0 … 1, as in `LabelHistory.Record`.
  public var loss: Double
  /// The number of times the annotation was found and then not found again.
  public var timesForgotten: Int
}

extension LabelScore {
  /// The score as a member of a check's JSON.
  public var json: JSONObject {
    var object: JSONObject = [
      "kind": .string(kind.id), "score": .number(score), "image_id": .integer(imageID),
    ]
    if let annotationID { object["annotation_id"] = .integer(annotationID) }
    if let box {
      if let categoryID { object["category_id"] = .integer(categoryID) }
      object["bbox"] = .array([box.x0, box.y0, box.width, box.height].map { .number($0) })
    }
    object["is_error"] = .bool(isError)
    if let isAgreed { object["is_agreed"] = .bool(isAgreed) }
    if let message { object["message"] = .string(message) }
    return object
  }

  /// Reads a score.
  ///
  /// - Returns: nil for JSON that is no score, or that is about neither an annotation nor a box.
  public init?(_ json: JSONObject) {
    guard let kind = json["kind"]?.string.flatMap(FaultKind.init(id:)),
      let score = json["score"]?.double,
      let imageID = json["image_id"]?.integer
    else { return nil }
    (self.kind, self.score, self.imageID) = (kind, score, imageID)
    annotationID = json["annotation_id"]?.integer
    categoryID = json["category_id"]?.integer
    let sides = (json["bbox"]?.list ?? []).compactMap(\.double)
    if sides.count == 4 { box = Box(x: sides[0], y: sides[1], width: sides[2], height: sides[3]) }
    guard annotationID != nil || box != nil else { return nil }
    isError = json["is_error"] == true
    isAgreed = json["is_agreed"].map { $0 == true }
    message = json["message"]?.string
  }
}

extension LabelScore {
  /// Returns the scores of a check's JSON that count as errors: those of predictions, the most likely
  /// first, then those by looks.
  public static func errors(in check: JSONObject) -> [LabelScore] {
    let missing = check["appearance"]?.object?["missing"]?.object
    return [check["label_scores"], missing?["label_scores"]].flatMap { list in
      (list?.list ?? []).compactMap { $0.object.flatMap(LabelScore.init) }
        .filter(\.isError).stablySorted { $0.score < $1.score }
    }
  }
}

extension LabelLoss {
  /// The loss as a member of a check's JSON.
  public var json: JSONObject {
    [
      "annotation_id": .integer(annotationID), "loss": .number(loss),
      "times_forgotten": .integer(timesForgotten),
    ]
  }

  /// Reads a loss.
  ///
  /// - Returns: nil for JSON that is no loss of an annotation.
  public init?(_ json: JSONObject) {
    guard let annotationID = json["annotation_id"]?.integer, let loss = json["loss"]?.double
    else { return nil }
    (self.annotationID, self.loss) = (annotationID, loss)
    timesForgotten = json["times_forgotten"]?.integer ?? 0
  }
}

extension LabelErrors {
  /// Every score by kind, whether it counts as an error or not.
  public var labelScores: [LabelScore] {
    scores.map { error in
      LabelScore(
        kind: error.kind, score: error.score, imageID: dataset.images[error.image].id,
        annotationID: error.annotation.map { dataset.annotations[$0].id },
        categoryID: error.category, box: error.box, isError: error.isError,
        isAgreed: isAgreed(error), message: error.isError ? message(of: error) : nil)
    }
  }
}

extension LabelHistory {
  /// The losses of annotations by their ids, the highest first.
  public var labelLosses: [LabelLoss] {
    ranked.map {
      LabelLoss(
        annotationID: dataset.annotations[$0.annotation].id, loss: $0.loss,
        timesForgotten: $0.timesForgotten)
    }
  }
}
