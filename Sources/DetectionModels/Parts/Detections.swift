public import Torch

/// What a detector found in one picture, from the most certain on.
public struct Detections: Sendable {
  /// [N, 4]: corners x0, y0, x1, y1 in pixels of the picture as it was given.
  public var boxes: Tensor
  /// int64 [N]
  public var labels: Tensor
  /// [N] from 0 to 1
  public var scores: Tensor
  /// Where in its box each object is; nil from a detector without masks.
  public var masks: InstanceMasks?

  public init(boxes: Tensor, labels: Tensor, scores: Tensor, masks: InstanceMasks? = nil) {
    self.boxes = boxes
    self.labels = labels
    self.scores = scores
    self.masks = masks
  }

  public var count: Int { labels.size(0) }

  /// Those that indices int64 [K] name, in their order.
  func selecting(_ indices: Tensor) -> Detections {
    Detections(boxes: boxes[indices], labels: labels[indices], scores: scores[indices])
  }
}
