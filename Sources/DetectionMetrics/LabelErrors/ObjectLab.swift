public import COCO
import Glibc

/// The agreement of images' annotations with a model's predictions, box by box: ObjectLab
/// (Tkachenko, Thyagarajan and Mueller, 2023), with the constants of cleanlab, its reference
/// implementation.
///
/// Scores are 0 … 1; the lower, the more likely an error. The predictions should come from a model
/// that has not learnt these images.
public struct ObjectLab: Sendable {
  /// A box with its category, and for a prediction the model's confidence in it, 0 … 1.
  public struct Object: Sendable {
    /// The box in pixels.
    public let box: Box
    /// The number of the category.
    public let category: Int
    /// The confidence of a prediction, 0 … 1; 1 for a label.
    public let score: Double

    /// Creates an object.
    public init(_ box: Box, category: Int, score: Double = 1) {
      self.box = box
      self.category = category
      self.score = score
    }
  }

  /// The annotations of an image and a model's predictions for it.
  public struct Picture: Sendable {
    /// The annotated objects.
    public var labels: [Object]
    /// The predicted objects.
    public var predictions: [Object]

    /// Creates the labels and predictions of an image.
    public init(labels: [Object], predictions: [Object]) {
      self.labels = labels
      self.predictions = predictions
    }
  }

  /// The scores of one image.
  public struct Scores: Sendable, Equatable {
    /// The nearness of an annotation of its category, for each prediction; nil if the prediction is
    /// not confident or overlaps an annotation. A low score means that an annotation is missing
    /// there.
    public fileprivate(set) var overlooked: [Double?] = []
    /// The agreement of a prediction of its category with its place, for each annotation.
    public fileprivate(set) var badLocation: [Double] = []
    /// The distance of a confident prediction of another category, for each annotation.
    public fileprivate(set) var swapped: [Double] = []

    /// Returns the scores of a kind pooled for the image by a soft minimum; 1 if there are none.
    public static func pooled(_ scores: [Double]) -> Double {
      guard let least = scores.min() else { return 1 }
      let weights = scores.map { exp((least - $0) / ObjectLab.temperature) }
      return zip(weights, scores).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    }

    /// The geometric mean of the three pooled scores: the soundness of the image's annotations.
    public var quality: Double {
      let pooled = [overlooked.compactMap { $0 }, badLocation, swapped].map(Self.pooled)
      return exp(pooled.reduce(0) { $0 + log(1e-100 + $1) } / 3)
    }
  }

  /// The share of the overlap in the similarity; the rest is the nearness of the centres.
  private static let overlapShare = 0.9
  /// The fall of nearness with each pixel between the centres.
  private static let distanceFactor = 0.1
  private static let sureScore = 0.95
  private static let likelyScore = 0.5
  /// The overlap from which on two annotations are one object annotated twice.
  private static let sameObjectOverlap = 0.95
  private static let temperature = 0.1

  /// Creates the scorer.
  public init() {}

  /// Returns the scores of each image.
  public func scores(of pictures: [Picture]) -> [Scores] {
    let pairs = pictures.map(Pairs.init)
    let least = pairs.map(\.leastSimilarity).min() ?? 1
    return zip(pictures, pairs).map { picture, pairs in
      Scores(
        overlooked: picture.predictions.indices.map {
          overlooked($0, of: picture, pairs, least: least)
        },
        badLocation: picture.labels.indices.map { badLocation($0, of: picture, pairs) },
        swapped: picture.labels.indices.map { swapped($0, of: picture, pairs, least: least) })
    }
  }

  private func overlooked(
    _ index: Int, of picture: Picture, _ pairs: Pairs, least: Double
  ) -> Double? {
    let prediction = picture.predictions[index]
    guard prediction.score >= Self.sureScore,
      !picture.labels.indices.contains(where: { pairs.overlap($0, index) > 0 })
    else { return nil }
    return picture.labels.indices.filter { picture.labels[$0].category == prediction.category }
      .map { pairs.similarity($0, index) }.max() ?? least * (1 - prediction.score)
  }

  private func badLocation(_ index: Int, of picture: Picture, _ pairs: Pairs) -> Double {
    let label = picture.labels[index]
    return picture.predictions.indices.filter { other in
      let prediction = picture.predictions[other]
      return prediction.category == label.category && prediction.score > Self.likelyScore
        && pairs.overlap(index, other) > 0
    }.map { pairs.similarity(index, $0) }.max() ?? 1
  }

  private func swapped(
    _ index: Int, of picture: Picture, _ pairs: Pairs, least: Double
  ) -> Double {
    let label = picture.labels[index]
    let isTwice = picture.labels.indices.contains { other in
      picture.labels[other].category != label.category
        && ObjectLab.overlap(label.box, picture.labels[other].box) >= Self.sameObjectOverlap
    }
    if isTwice { return least }
    let nearest = picture.predictions.indices.filter { other in
      let prediction = picture.predictions[other]
      return prediction.category != label.category && prediction.score > Self.sureScore
    }.map { pairs.similarity(index, $0) }.max()
    return nearest.map { max(least, 1 - $0) } ?? 1
  }

  /// Returns the intersection over union, with a union of at least a millionth of a square pixel,
  /// as in cleanlab.
  static func overlap(_ one: Box, _ other: Box) -> Double {
    let width = min(one.x1, other.x1) - max(one.x0, other.x0)
    let height = min(one.y1, other.y1) - max(one.y0, other.y0)
    guard width >= 0, height >= 0 else { return 0 }
    let intersection = width * height
    return intersection / max(one.area + other.area - intersection, 1e-6)
  }

  /// The overlaps and similarities of each annotation with each prediction of an image.
  private struct Pairs {
    private let predictions: Int
    private let overlaps: [Double]
    private let similarities: [Double]

    init(_ picture: Picture) {
      predictions = picture.predictions.count
      var (overlaps, similarities): ([Double], [Double]) = ([], [])
      for label in picture.labels {
        for prediction in picture.predictions {
          let overlap = ObjectLab.overlap(label.box, prediction.box)
          let x = (label.box.x0 + label.box.x1 - prediction.box.x0 - prediction.box.x1) / 2
          let y = (label.box.y0 + label.box.y1 - prediction.box.y0 - prediction.box.y1) / 2
          let nearness = exp(-ObjectLab.distanceFactor * (x * x + y * y).squareRoot())
          overlaps.append(overlap)
          similarities.append(
            ObjectLab.overlapShare * overlap + (1 - ObjectLab.overlapShare) * nearness)
        }
      }
      (self.overlaps, self.similarities) = (overlaps, similarities)
    }

    func overlap(_ label: Int, _ prediction: Int) -> Double {
      overlaps[label * predictions + prediction]
    }

    func similarity(_ label: Int, _ prediction: Int) -> Double {
      similarities[label * predictions + prediction]
    }

    /// The least value that is not 0; 1 if there is none.
    var leastSimilarity: Double { similarities.filter { $0 > 0 }.min() ?? 1 }
  }
}
