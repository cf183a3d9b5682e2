public import Torch

/// What a detector is trained towards for one picture.
public struct TrainingTarget: Sendable {
  /// float [N, 4]: x0 y0 x1 y1 in pixels of the picture.
  public var boxes: Tensor
  /// int64 [N]: 1 … number of classes − 1; 0 is the background.
  public var labels: Tensor
  /// uint8 [N, H, W], 0 or 1.
  public var masks: Tensor?

  public init(boxes: Tensor, labels: Tensor, masks: Tensor? = nil) {
    self.boxes = boxes
    self.labels = labels
    self.masks = masks
  }
}

/// The parts of a detector's loss, each a tensor of one number.
public struct Losses: Sendable {
  public var values: [(name: String, value: Tensor)]

  public init(_ values: [(name: String, value: Tensor)]) {
    self.values = values
  }

  /// What training brings down: the plain sum.
  public var total: Tensor {
    values.dropFirst().reduce(values[0].value) { $0 + $1.value }
  }
}

/// What a detector finds on one picture, the surest first.
public struct Detections: Sendable {
  /// float [N, 4]: x0 y0 x1 y1 in pixels of the picture.
  public var boxes: Tensor
  /// int64 [N]
  public var labels: Tensor
  /// float [N], 0 … 1
  public var scores: Tensor
  /// float [N, 1, H, W]: the probability that a pixel belongs to the object.
  public var masks: Tensor?

  public init(boxes: Tensor, labels: Tensor, scores: Tensor, masks: Tensor? = nil) {
    self.boxes = boxes
    self.labels = labels
    self.scores = scores
    self.masks = masks
  }
}

/// A model that finds objects on pictures: float [3, H, W], 0 … 1, of any sizes.
public protocol Detector: Module {
  func losses(images: [Tensor], targets: [TrainingTarget]) -> Losses
  func detections(images: [Tensor]) -> [Detections]
}
