public import Torch

/// What a detector is to find in one picture.
public struct TrainingTarget: Sendable {
  /// float32 [N, 4]: corners x0, y0, x1, y1 in pixels.
  public let boxes: Tensor
  /// int64 [N]; 0 is the background.
  public let labels: Tensor
  /// uint8 [N, H, W], 1 where the object is; nil where no mask is to be learnt.
  public let masks: Tensor?

  /// Traps where torchvision raises: boxes of another shape or of whole numbers, labels of another
  /// type.
  public init(boxes: Tensor, labels: Tensor, masks: Tensor? = nil) {
    precondition(
      boxes.rank == 2 && boxes.size(1) == 4, "expected boxes [N, 4], found \(boxes.shape)")
    precondition(
      boxes.dtype.isFloatingPoint, "expected boxes of a floating point type, found \(boxes.dtype)")
    precondition(labels.dtype == .int64, "expected labels of int64, found \(labels.dtype)")
    self.boxes = boxes
    self.labels = labels
    self.masks = masks
  }

  /// Whether there is nothing to find.
  var isEmpty: Bool { boxes.size(0) == 0 }

  /// Traps for a box without width or height, as torchvision raises; NaN passes.
  func checkBoxes(image: Int) {
    let corners = boxes.detached()
    let degenerate = (corners[.all, 2...] .<= corners[.all, ..<2]).any(dims: [1]).nonzero()
    guard let first = degenerate.flattened().scalars(as: Int.self).first else { return }
    let box = corners[first].to(.float32).scalars(as: Float.self)
    preconditionFailure(
      "expected boxes of positive width and height, found \(box) in the target of picture \(image)")
  }
}
