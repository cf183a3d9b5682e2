public import Torch

/// Gives each prediction the truth that it overlaps most, if enough (Ren et al., 2015).
public struct Matcher: Sendable {
  /// Stands for a prediction that is background.
  public static let belowLowThreshold = -1
  /// Stands for a prediction that is neither background nor a match, and is not learnt from.
  public static let betweenThresholds = -2

  /// The least overlap of a match.
  public let highThreshold: Double
  /// Overlaps below are background.
  public let lowThreshold: Double
  /// Whether each truth also takes the predictions that overlap it most, however little.
  public let allowLowQualityMatches: Bool

  public init(highThreshold: Double, lowThreshold: Double, allowLowQualityMatches: Bool = false) {
    precondition(
      lowThreshold <= highThreshold,
      "expected a low threshold of at most \(highThreshold), found \(lowThreshold)")
    self.highThreshold = highThreshold
    self.lowThreshold = lowThreshold
    self.allowLowQualityMatches = allowLowQualityMatches
  }

  /// The index of each prediction's truth, or one of the two negative numbers: int64 [N].
  ///
  /// - Parameter quality: overlaps [M, N] of M > 0 truths with N > 0 predictions.
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
    // All predictions that tie for a truth's best; each gets the truth that itself overlaps most,
    // which may be another.
    let isBestOfTruth = (quality .== quality.amax(dims: [1], keepDim: true)).any(dims: [0])
    return .where(isBestOfTruth, best.indices, matches)
  }

  /// The truth of each anchor [A, 4]; all are background where there is nothing to find.
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
