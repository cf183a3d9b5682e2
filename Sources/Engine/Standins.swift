public import Torch

public struct TrainingTarget: Sendable {
  public let boxes: Tensor
  public let labels: Tensor
  public let masks: Tensor?
  public init(boxes: Tensor, labels: Tensor, masks: Tensor? = nil) {
    self.boxes = boxes
    self.labels = labels
    self.masks = masks
  }
}
public struct Losses: Sendable {
  public private(set) var entries: [(name: String, value: Tensor)]
  public init(_ entries: [(name: String, value: Tensor)]) {
    self.entries = entries
  }
  public var total: Tensor {
    guard let first = entries.first else { return Tensor(0 as Float) }
    return entries.dropFirst().reduce(first.value) { $0 + $1.value }
  }
}
public struct Detections: Sendable {
  public var boxes: Tensor
  public var labels: Tensor
  public var scores: Tensor
  public var masks: InstanceMasks?
  public init(boxes: Tensor, labels: Tensor, scores: Tensor, masks: InstanceMasks? = nil) {
    self.boxes = boxes
    self.labels = labels
    self.scores = scores
    self.masks = masks
  }
}
public struct ImageSize: Sendable, Hashable {
  public let height: Int
  public let width: Int
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }
}
public struct InstanceMasks: Sendable {
  public let probabilities: Tensor
  public private(set) var boxes: Tensor
  public private(set) var imageSize: ImageSize
  public init(probabilities: Tensor, boxes: Tensor, imageSize: ImageSize) {
    self.probabilities = probabilities
    self.boxes = boxes
    self.imageSize = imageSize
  }
}
