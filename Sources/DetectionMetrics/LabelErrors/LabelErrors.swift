public import COCO

/// The evidence of predictions against the annotations of a dataset, the most likely errors first.
///
/// The scores and the threshold are ObjectLab's: an error has a score of at most 0.8 × 0.25 × the
/// average precision of the category, so that predictions that are never right give no errors.
public struct LabelErrors: Sendable {
  /// One likely error.
  public struct LabelError: Sendable, Equatable {
    /// The kind of error.
    public let kind: FaultKind
    /// The score of ObjectLab, 0 … 1; the lower, the more likely an error.
    public let score: Double
    /// The image's index in the dataset.
    public let image: Int
    /// The annotation's index in the dataset; nil if an annotation is missing.
    public let annotation: Int?
    /// The missing object's box.
    public let box: Box?
    /// The id of the missing object's category.
    public let category: Int?
    /// Whether the score counts as an error.
    public let isError: Bool
  }

  /// The scores that count as errors, the most likely errors first.
  public let errors: [LabelError]
  /// Every score of a box by kind, whether it counts as an error or not.
  public let scores: [LabelError]

  private static let shareOfPrecision = 0.8 * 0.25
  let dataset: Dataset
  /// The categories' names by their ids.
  private let names: [Int: String]
  private let secondOpinion: SecondOpinion?

  /// Scores the annotations of a dataset against predictions.
  ///
  /// - Parameters:
  ///   - dataset: The dataset whose labels are judged.
  ///   - detections: Predictions on images and for categories of the dataset, by models that have
  ///     not learnt those images; others are skipped.
  ///   - history: The losses of the annotations under models that were learning them.
  public init(_ dataset: Dataset, _ detections: [Detection], history: LabelHistory? = nil) {
    let indexed = IndexedPictures(dataset, detections)
    let all = ObjectLab().scores(of: indexed.pictures)
    let precision = LabelPrecision(indexed.pictures)
    var scores: [LabelError] = []
    func isError(_ score: Double, of category: Int) -> Bool {
      score <= Self.shareOfPrecision * precision.value(of: category)
    }
    for (image, own) in all.enumerated() {
      let picture = indexed.pictures[image]
      for (prediction, score) in zip(picture.predictions, own.overlooked) {
        guard let score else { continue }
        scores.append(
          LabelError(
            kind: .likelyMissingLabel, score: score, image: image, annotation: nil,
            box: prediction.box, category: prediction.category,
            isError: isError(score, of: prediction.category)))
      }
      for (kind, values) in [
        (FaultKind.likelyWrongLabel, own.swapped), (.likelyBadLocation, own.badLocation),
      ] {
        for (index, score) in values.enumerated() {
          scores.append(
            LabelError(
              kind: kind, score: score, image: image,
              annotation: indexed.annotations[image][index], box: nil, category: nil,
              isError: isError(score, of: picture.labels[index].category)))
        }
      }
    }
    self.dataset = dataset
    names = Dictionary(dataset.categories.map { ($0.id, $0.name) }) { first, _ in first }
    self.scores = scores
    errors = scores.filter(\.isError).enumerated().sorted {
      ($0.element.score, $0.offset) < ($1.element.score, $1.offset)
    }.map(\.element)
    let named = Set(errors.compactMap(\.annotation)).count
    secondOpinion = history.map { SecondOpinion($0, naming: named) }
  }

  /// Returns whether the annotation of an error is also among those of the highest loss, taking as
  /// many as there are annotations with an error; nil if an annotation is missing, or without a
  /// history.
  public func isAgreed(_ error: LabelError) -> Bool? {
    error.annotation.flatMap { secondOpinion?.ranks[$0] }.flatMap { rank in
      secondOpinion.map { rank.position <= $0.named }
    }
  }

  /// The errors as findings, in the order of `errors`.
  public var findings: [Finding] {
    errors.map { error in
      let message = message(of: error)
      guard let index = error.annotation else {
        return Finding(
          error.kind, message, at: dataset.images[error.image].origin,
          record: RecordReference(.image, error.image))
      }
      return Finding(
        error.kind, message, at: dataset.annotations[index].origin,
        record: RecordReference(.annotation, index), field: error.kind.labelField)
    }
  }

  /// Describes an error.
  func message(of error: LabelError) -> String {
    let score = "ObjectLab's score is \(error.score.brief(3))"
    guard let index = error.annotation else {
      let corners = error.box.map { box in
        [box.x0, box.y0, box.width, box.height].map { $0.brief(1) }.joined(separator: " ")
      }
      return "the model is sure of \"\(name(of: error.category))\" at \(corners ?? "") "
        + "(x y width height), where there is no annotation; \(score)"
    }
    let name = name(of: dataset.annotations[index].categoryID)
    let said =
      error.kind == .likelyWrongLabel
      ? "the model is sure of a category other than \"\(name)\" for this box, or the box is "
        + "annotated as two categories"
      : "the model sees \"\(name)\" at another place than this box"
    return ["\(said); \(score)", secondOpinion?.words(on: index)].compactMap(\.self)
      .joined(separator: "; ")
  }

  private func name(of category: Int?) -> String { category.flatMap { names[$0] } ?? "" }
}

extension FaultKind {
  /// The part of an annotation that a likely label error is about.
  public var labelField: RecordField? {
    switch self {
    case .likelyWrongLabel: .categoryID
    case .likelyBadLocation: .box
    default: nil
    }
  }
}

/// The ranks of annotations by their losses.
private struct SecondOpinion {
  /// The rank of each annotation, from 1 for the highest loss.
  private(set) var ranks: [Int: (position: Int, timesForgotten: Int)] = [:]
  /// The number of annotations of the highest loss that count as doubtful.
  let named: Int

  init(_ history: LabelHistory, naming named: Int) {
    self.named = named
    for (index, record) in history.ranked.enumerated() {
      ranks[record.annotation] = (index + 1, record.timesForgotten)
    }
  }

  func words(on annotation: Int) -> String? {
    ranks[annotation].map { rank in
      let times = rank.timesForgotten
      let forgotten =
        times == 0 ? "" : ", forgotten \(times == 1 ? "once" : "\(times) times") in training"
      return "its loss ranks \(rank.position) of \(ranks.count)\(forgotten)"
    }
  }
}

/// The annotations and predictions of each image of a dataset.
private struct IndexedPictures {
  private(set) var pictures: [ObjectLab.Picture]
  /// The annotations' indices in the dataset, in the order of the image's labels.
  private(set) var annotations: [[Int]]

  /// Groups annotations and detections by image. Crowds and boxes without area are no labels.
  init(_ dataset: Dataset, _ detections: [Detection]) {
    let images = IDIndex(dataset.images.map(\.id))
    let categories = Set(dataset.categories.map(\.id))
    pictures = dataset.images.map { _ in ObjectLab.Picture(labels: [], predictions: []) }
    annotations = dataset.images.map { _ in [] }
    for (index, annotation) in dataset.annotations.enumerated() {
      guard let image = images.position(of: annotation.imageID), annotation.isCrowd != 1,
        let box = annotation.box, box.hasFiniteEdges, box.width > 0, box.height > 0,
        let category = annotation.categoryID, categories.contains(category)
      else { continue }
      pictures[image].labels.append(ObjectLab.Object(box, category: category))
      annotations[image].append(index)
    }
    for detection in detections {
      guard let image = images.position(of: detection.imageID), let box = detection.box,
        box.hasFiniteEdges, categories.contains(detection.categoryID)
      else { continue }
      pictures[image].predictions.append(
        ObjectLab.Object(box, category: detection.categoryID, score: detection.score))
    }
  }
}
