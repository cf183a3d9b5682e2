public import DetectionModels
public import Torch

/// One picture of a dataset and what is to be learnt of it, as a detector takes them.
public struct Sample: Sendable {
  /// The image's index in its dataset.
  public var imageIndex: Int
  /// float [3, H, W], 0 … 1
  public var image: Tensor
  public var target: TargetTensors
  /// float [N, K, 3]: x, y and visibility; nil unless every object has as many.
  public var keypoints: Tensor?

  public init(
    imageIndex: Int, image: Tensor, target: TargetTensors, keypoints: Tensor? = nil
  ) {
    self.imageIndex = imageIndex
    self.image = image
    self.target = target
    self.keypoints = keypoints
  }

  /// Pixels.
  public var width: Int { image.size(2) }
  /// Pixels.
  public var height: Int { image.size(1) }
}

/// Samples that are trained on together.
public struct Batch: Sendable {
  public var samples: [Sample]

  public var images: [Tensor] { samples.map(\.image) }
  public var targets: [TrainingTarget] { samples.map(\.target.trainingTarget) }
}
