public import Torch

/// Finds objects in pictures. Training and inference are two methods, as they give different
/// things.
public protocol Detector: Module {
  /// How wrong the detector is, by torchvision's names; their sum is to be made less.
  ///
  /// Traps where torchvision raises: boxes without width or height, labels that there is no class
  /// for, pictures and targets of different numbers.
  ///
  /// - Parameter images: each [3, H, W] from 0 to 1, of any size.
  func losses(images: [Tensor], targets: [TrainingTarget]) -> Losses

  /// What is in each picture, from the most certain object on.
  ///
  /// - Parameter images: each [3, H, W] from 0 to 1, of any size.
  func detections(images: [Tensor]) -> [Detections]
}
