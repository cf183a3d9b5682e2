public import Torch

/// A matcher that assigns each default box the ground truth that it overlaps most, if the overlap
/// suffices, and each ground truth at least the box that overlaps it most (Liu et al., 2016).
public struct SSDMatcher: Sendable {
  private let matcher: Matcher

  /// Creates a matcher.
  ///
  /// - Parameter threshold: The least IoU of a match.
  public init(threshold: Double) {
    matcher = Matcher(highThreshold: threshold, lowThreshold: threshold)
  }

  /// Returns the index of each box's ground truth, or `Matcher.belowLowThreshold`: int64 [N].
  ///
  /// - Parameter quality: The overlaps [M, N] of M > 0 ground truths with N > 0 boxes.
  public func callAsFunction(_ quality: Tensor) -> Tensor {
    let matches = matcher(quality)
    let best = quality.max(dim: 1).indices
    return matches.scatter(dim: 0, best, Tensor.arange(best.count).to(matches.device))
  }

  /// Returns the index of each box's ground truth, for boxes [A, 4]; all are background if the
  /// image has no objects.
  func matches(_ boxes: Tensor, to target: TrainingTarget) -> Tensor {
    target.isEmpty ? matcher.matches(boxes, to: target) : self(boxIoU(target.boxes, boxes))
  }
}
