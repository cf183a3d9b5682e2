public import COCO

/// The losses of annotations under models that were learning them, at several times of the
/// training: a second opinion on labels, beside ObjectLab's.
///
/// Annotations that a model fits late or badly are likely labelled wrong (the small-loss rule; Han
/// et al., Co-teaching, 2018), and so are those that it fits for a time only (forgetting; Toneva et
/// al., 2019). The loss of an annotation is derived from the detections, so that it means the same
/// for every detector.
public struct LabelHistory: Sendable {
  /// The figures of one annotation.
  public struct Record: Sendable, Equatable {
    /// The annotation's index in the dataset.
    public let annotation: Int
    /// The mean loss over all looks, 0 … 1: 1 minus the best product of score and IoU among
    /// detections of its category.
    public let loss: Double
    /// The number of times the annotation was found, by score and IoU of at least 0.5, and was not
    /// found at the next look at the same model.
    public let timesForgotten: Int
  }

  private struct Looks {
    var losses: [Double] = []
    var wasFound = false
    var timesForgotten = 0
  }

  private static let leastScore = 0.5
  private static let leastOverlap = 0.5
  let dataset: Dataset
  private let annotations: [Int: [Int]]
  private var looks: [Int: Looks] = [:]

  /// Creates an empty history of a dataset's annotations. Crowds and boxes without area are left
  /// out.
  public init(_ dataset: Dataset) {
    self.dataset = dataset
    annotations = Dictionary(
      grouping: dataset.annotations.indices.filter { index in
        let annotation = dataset.annotations[index]
        guard annotation.isCrowd != 1, let box = annotation.box else { return false }
        return box.hasFiniteEdges && box.width > 0 && box.height > 0
      }, by: { dataset.annotations[$0].imageID })
  }

  /// Begins the looks at another model, which has found nothing yet.
  public mutating func beginModel() {
    for index in looks.keys { looks[index]?.wasFound = false }
  }

  /// Adds a look at a model: its detections on some images while it learns them.
  ///
  /// - Parameters:
  ///   - detections: The detections of the model on these images.
  ///   - images: The ids of the images.
  public mutating func add(_ detections: [Detection], on images: [Int]) {
    let found = Dictionary(grouping: detections, by: \.imageID)
    for image in images {
      for index in annotations[image] ?? [] {
        add(found[image] ?? [], to: index)
      }
    }
  }

  private mutating func add(_ found: [Detection], to index: Int) {
    let annotation = dataset.annotations[index]
    guard let box = annotation.box else { return }
    var (best, isFound) = (0.0, false)
    for detection in found where detection.categoryID == annotation.categoryID {
      let overlap = detection.box.map { $0.intersectionOverUnion(box) } ?? 0
      best = max(best, detection.score * overlap)
      isFound =
        isFound || (detection.score >= Self.leastScore && overlap >= Self.leastOverlap)
    }
    var own = looks[index] ?? Looks()
    own.losses.append(1 - min(best, 1))
    if own.wasFound, !isFound { own.timesForgotten += 1 }
    own.wasFound = isFound
    looks[index] = own
  }

  /// The annotations that were examined, those of the highest loss first.
  public var ranked: [Record] {
    looks.map { index, looks in
      Record(
        annotation: index, loss: looks.losses.reduce(0, +) / Double(looks.losses.count),
        timesForgotten: looks.timesForgotten)
    }.sorted {
      ($1.loss, $1.timesForgotten, $0.annotation) < ($0.loss, $0.timesForgotten, $1.annotation)
    }
  }
}
