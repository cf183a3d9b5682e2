public import Torch

/// What the second stage of a detector looks at.
public struct RoIInput: Sendable {
  public let maps: FeatureMaps
  /// Of each picture [P, 4] in pixels of the batch.
  public let proposals: [Tensor]
  /// Of each picture, without what was filled.
  public let imageSizes: [ImageSize]

  public init(maps: FeatureMaps, proposals: [Tensor], imageSizes: [ImageSize]) {
    self.maps = maps
    self.proposals = proposals
    self.imageSizes = imageSizes
  }
}

/// The second stage of a detector: makes detections of proposals.
public protocol DetectionHeads: Module {
  /// Of each picture, in pixels of the batch.
  func detections(_ input: RoIInput) -> [Detections]
  func losses(_ input: RoIInput, _ targets: [TrainingTarget]) -> Losses
}
