public import Torch

/// A model that finds objects on pictures: float [3, H, W], 0 … 1, of any sizes.
public protocol Detector: Module {
  /// The losses of a batch in training mode, each a tensor of one number.
  func losses(images: [Tensor], targets: [TrainingTarget]) -> Losses
  /// What is found on each picture, without gradients.
  func detections(images: [Tensor]) -> [Detections]
}
