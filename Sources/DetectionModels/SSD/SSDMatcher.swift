public import Torch

/// Gives each default box the truth that it overlaps most, if enough, and each truth at least the
/// box that overlaps it most (Liu et al., 2016).
public struct SSDMatcher: Sendable {
  private let matcher: Matcher

  /// - Parameter threshold: the least overlap of a match.
  public init(threshold: Double) {
    matcher = Matcher(highThreshold: threshold, lowThreshold: threshold)
  }

  /// The index of each box's truth, or `Matcher.belowLowThreshold`: int64 [N].
  ///
  /// - Parameter quality: overlaps [M, N] of M > 0 truths with N > 0 boxes.
  public func callAsFunction(_ quality: Tensor) -> Tensor {
    let matches = matcher(quality)
    let best = quality.max(dim: 1).indices
    return matches.scatter(dim: 0, best, Tensor.arange(best.count).to(matches.device))
  }

  /// The truth of each box [A, 4]; all are background where there is nothing to find.
  func matches(_ boxes: Tensor, to target: TrainingTarget) -> Tensor {
    target.isEmpty ? matcher.matches(boxes, to: target) : self(boxIoU(target.boxes, boxes))
  }
}
