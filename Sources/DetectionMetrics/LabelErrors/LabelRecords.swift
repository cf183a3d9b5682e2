public import COCO

/// One of ObjectLab's scores of a label, by ids: a member of `label_scores` of a check's JSON.
public struct LabelScore: Sendable, Equatable {
  public var kind: FaultKind
  /// From 0 to 1, the lower the more likely an error.
  public var score: Double
  public var imageID: Int
  /// Nil where an annotation is missing.
  public var annotationID: Int?
  /// The missing object's category.
  public var categoryID: Int?
  /// The missing object's box.
  public var box: Box?
  /// Whether the score counts as an error.
  public var isError: Bool
  /// Whether the annotation's loss speaks against it too; nil where that is not known.
  public var isAgreed: Bool?
  /// What is wrong, in words, where it counts as an error.
  public var message: String?
}

/// What models that were learning an annotation made of it: a member of `label_losses` of a check's
/// JSON.
public struct LabelLoss: Sendable, Equatable {
  public var annotationID: Int
  /// From 0 to 1, as `LabelHistory.Record` has it.
  public var loss: Double
  public var timesForgotten: Int
}

extension LabelScore {
  /// The member of a check's JSON.
  public var json: JSONObject {
    var object: JSONObject = [
      "kind": .string(kind.id), "score": .number(score), "image_id": .integer(imageID),
    ]
    if let annotationID { object["annotation_id"] = .integer(annotationID) }
    if let box, let categoryID {
      object["category_id"] = .integer(categoryID)
      object["bbox"] = .array([box.x0, box.y0, box.width, box.height].map { .number($0) })
    }
    object["is_error"] = .bool(isError)
    if let isAgreed { object["is_agreed"] = .bool(isAgreed) }
    if let message { object["message"] = .string(message) }
    return object
  }

  /// - Returns: nil for what is no score, and for one that is about neither an annotation nor a box.
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
  /// Returns the scores of a check's JSON that count as errors, the most likely first.
  public static func errors(in check: JSONObject) -> [LabelScore] {
    (check["label_scores"]?.list ?? []).compactMap { $0.object.flatMap(LabelScore.init) }
      .filter(\.isError).stablySorted { $0.score < $1.score }
  }
}

extension LabelLoss {
  /// The member of a check's JSON.
  public var json: JSONObject {
    [
      "annotation_id": .integer(annotationID), "loss": .number(loss),
      "times_forgotten": .integer(timesForgotten),
    ]
  }

  /// - Returns: nil for what is no loss of an annotation.
  public init?(_ json: JSONObject) {
    guard let annotationID = json["annotation_id"]?.integer, let loss = json["loss"]?.double
    else { return nil }
    (self.annotationID, self.loss) = (annotationID, loss)
    timesForgotten = json["times_forgotten"]?.integer ?? 0
  }
}

extension LabelErrors {
  /// Every score, whether it counts as an error or not, by kind.
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
