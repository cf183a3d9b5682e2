public import DetectionModels
public import Torch

/// A target in tensors as someone builds it, right or wrong: `TargetContract` tells which.
public struct TargetTensors: Sendable {
  /// float [N, 4]: x0 y0 x1 y1 in pixels of the picture.
  public var boxes: Tensor
  /// int64 [N]: 1 … number of classes − 1; 0 is the background.
  public var labels: Tensor
  /// uint8 [N, H, W], 0 or 1; nil where no mask is to be learnt.
  public var masks: Tensor?

  public init(boxes: Tensor, labels: Tensor, masks: Tensor? = nil) {
    self.boxes = boxes
    self.labels = labels
    self.masks = masks
  }

  /// The target for a model, which traps where shapes or types are not as they must be.
  public var trainingTarget: TrainingTarget {
    TrainingTarget(boxes: boxes, labels: labels, masks: masks)
  }
}
