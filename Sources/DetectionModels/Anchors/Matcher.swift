public import Torch

/// A matcher that assigns each prediction the ground truth that it overlaps most, if the overlap
/// suffices (Ren et al., 2015); torchvision's `Matcher`.
public struct Matcher: Sendable {
  /// The index that marks a prediction as background.
  public static let belowLowThreshold = -1
  /// The index that marks a prediction between the thresholds, which is not trained on.
  public static let betweenThresholds = -2

  /// The least overlap of a match.
  public let highThreshold: Double
  /// The overlap below which a prediction is background.
  public let lowThreshold: Double
  /// A Boolean value that is true if each ground truth also takes the predictions that overlap it
  /// most, however little.
  public let allowLowQualityMatches: Bool

  /// Creates a matcher; traps if the low threshold exceeds the high one.
  public init(highThreshold: Double, lowThreshold: Double, allowLowQualityMatches: Bool = false) {
    precondition(
      lowThreshold <= highThreshold,
      "expected a low threshold of at most \(highThreshold), found \(lowThreshold)")
    self.highThreshold = highThreshold
    self.lowThreshold = lowThreshold
    self.allowLowQualityMatches = allowLowQualityMatches
  }

  /// Returns the index of each prediction's ground truth, or one of the two negative numbers: int64
  /// [N].
  ///
  /// - Parameter quality: The overlaps [M, N] of M > 0 ground truths with N > 0 predictions.
  public func callAsFunction(_ quality: Tensor) -> Tensor {
    precondition(
      !quality.isEmpty, "expected overlaps of truths and predictions, found \(quality.shape)")
    let best = quality.max(dim: 0)
    let isBelow = best.values .< lowThreshold
    let isBetween = (best.values .>= lowThreshold) .& (best.values .< highThreshold)
    var matches = best.indices
    matches = .where(isBelow, constant(Self.belowLowThreshold, like: matches), matches)
    matches = .where(isBetween, constant(Self.betweenThresholds, like: matches), matches)
    guard allowLowQualityMatches else { return matches }
    // These are all predictions that tie for a ground truth's best overlap. Each gets the one that
    // it itself overlaps most, which may be another.
    let isBestOfTruth = (quality .== quality.amax(dims: [1], keepDim: true)).any(dims: [0])
    return .where(isBestOfTruth, best.indices, matches)
  }

  /// Returns the index of each anchor's ground truth, for anchors [A, 4]; all are background if the
  /// image has no objects.
  func matches(_ anchors: Tensor, to target: TrainingTarget) -> Tensor {
    guard !target.isEmpty else {
      return .full(
        [anchors.size(0)], Double(Self.belowLowThreshold), dtype: .int64, on: anchors.device)
    }
    return self(boxIoU(target.boxes, anchors))
  }

  private func constant(_ value: Int, like tensor: Tensor) -> Tensor {
    Tensor(value).to(tensor.device)
  }
}
