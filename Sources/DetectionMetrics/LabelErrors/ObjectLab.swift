public import COCO
import Glibc

/// How well the annotations of pictures agree with what a model finds, box by box: ObjectLab (Tkachenko,
/// Thyagarajan and Mueller, 2023), with the constants of cleanlab, its reference implementation.
///
/// Scores are from 0 to 1, the lower the more likely an error. The predictions should be of a model
/// that has not learnt these pictures.
public struct ObjectLab: Sendable {
  /// A box with its category, and for a prediction how sure the model is of it, from 0 to 1.
  public struct Object: Sendable {
    public let box: Box
    public let category: Int
    public let score: Double

    public init(_ box: Box, category: Int, score: Double = 1) {
      self.box = box
      self.category = category
      self.score = score
    }
  }

  /// What is annotated on a picture, and what a model finds there.
  public struct Picture: Sendable {
    public var labels: [Object]
    public var predictions: [Object]

    public init(labels: [Object], predictions: [Object]) {
      self.labels = labels
      self.predictions = predictions
    }
  }

  /// The scores of one picture.
  public struct Scores: Sendable, Equatable {
    /// For each prediction how near an annotation of its category is; nil where the prediction is not
    /// sure, or overlaps an annotation. Low: an annotation is missing there.
    public fileprivate(set) var overlooked: [Double?] = []
    /// For each annotation how well a prediction of its category agrees with its place.
    public fileprivate(set) var badLocation: [Double] = []
    /// For each annotation how far a sure prediction of another category is.
    public fileprivate(set) var swapped: [Double] = []

    /// The scores of a kind pooled for the picture by a soft minimum; 1 where there is none.
    public static func pooled(_ scores: [Double]) -> Double {
      guard let least = scores.min() else { return 1 }
      let weights = scores.map { exp((least - $0) / ObjectLab.temperature) }
      return zip(weights, scores).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    }

    /// The geometric mean of the three pooled scores: how sound the picture's annotations are.
    public var quality: Double {
      let pooled = [overlooked.compactMap { $0 }, badLocation, swapped].map(Self.pooled)
      return exp(pooled.reduce(0) { $0 + log(1e-100 + $1) } / 3)
    }
  }

  /// How much of the similarity is the overlap; the rest is the nearness of the centres.
  private static let overlapShare = 0.9
  /// By how much nearness falls with each pixel between the centres.
  private static let distanceFactor = 0.1
  private static let sureScore = 0.95
  private static let likelyScore = 0.5
  /// Two annotations that overlap so far are one object twice.
  private static let sameObjectOverlap = 0.95
  private static let temperature = 0.1

  public init() {}

  /// Returns the scores of each picture.
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

  /// Intersection over union, whose union is at least a millionth of a pixel, as in cleanlab.
  static func overlap(_ one: Box, _ other: Box) -> Double {
    let width = min(one.x1, other.x1) - max(one.x0, other.x0)
    let height = min(one.y1, other.y1) - max(one.y0, other.y0)
    guard width >= 0, height >= 0 else { return 0 }
    let intersection = width * height
    return intersection / max(one.area + other.area - intersection, 1e-6)
  }

  /// Overlaps and similarities of each annotation with each prediction of a picture.
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

    /// The least that is not 0; 1 where there is none.
    var leastSimilarity: Double { similarities.filter { $0 > 0 }.min() ?? 1 }
  }
}
