public import COCO
import Datasets
public import DetectionModels
import Images
public import Torch

/// One image of a dataset and its target, as a detector takes them.
public struct Sample: Sendable {
  /// The image's index in its dataset.
  public var imageIndex: Int
  /// The image, float [3, H, W], 0 … 1.
  public var image: Tensor
  /// The target of the image.
  public var target: TargetTensors

  /// The keypoints of the target, float32 [N, K, 3]; nil if there are none.
  public var keypoints: Tensor? {
    get { target.keypoints }
    set { target.keypoints = newValue }
  }

  /// Creates a sample.
  public init(imageIndex: Int, image: Tensor, target: TargetTensors) {
    self.imageIndex = imageIndex
    self.image = image
    self.target = target
  }

  /// The width in pixels.
  public var width: Int { image.size(2) }
  /// The height in pixels.
  public var height: Int { image.size(1) }
}

/// Samples that are learnt together.
public struct Batch: Sendable {
  /// The samples, without those that could not be read.
  public internal(set) var samples: [Sample] = []
  /// The positions of the samples among those of the plan.
  public internal(set) var positions: [Int] = []
  /// The seed of the draws made for each sample while it is learnt, so that neither the images
  /// beside it nor the process that learns it matter.
  var drawSeeds: [UInt64] = []
  /// The errors of images that the plan has in this batch and that could not be read.
  public internal(set) var leftOut: [SampleError] = []

  /// The images, each float [3, H, W], 0 … 1.
  public var images: [Tensor] { samples.map(\.image) }
  /// The targets as models take them.
  public var targets: [TrainingTarget] { samples.map(\.target.trainingTarget) }

  /// Returns the images on a device; those that are there are not copied.
  func images(on device: Device) -> [Tensor] { images.map { $0.to(device) } }

  /// Returns the targets on a device; those that are there are not copied.
  func targets(on device: Device) -> [TrainingTarget] { targets.map { $0.to(device) } }
}

/// A target in tensors, right or wrong; `TargetContract` checks it.
public struct TargetTensors: Sendable {
  /// The boxes, float [N, 4]: x0 y0 x1 y1 in pixels of the image.
  public var boxes: Tensor
  /// The labels, int64 [N]: 1 … number of classes − 1; 0 is the background.
  public var labels: Tensor
  /// The masks, uint8 [N, H, W], 0 or 1; nil if no masks are learnt.
  public var masks: Tensor?
  /// The keypoints, float32 [N, K, 3]: x, y in pixels of the image and visibility, 0 if a keypoint
  /// is not labelled; nil if no keypoints are learnt.
  public var keypoints: Tensor?

  /// Creates a target, which is not checked.
  public init(boxes: Tensor, labels: Tensor, masks: Tensor? = nil, keypoints: Tensor? = nil) {
    self.boxes = boxes
    self.labels = labels
    self.masks = masks
    self.keypoints = keypoints
  }

  /// The target for a model; traps if shapes or types are wrong.
  public var trainingTarget: TrainingTarget {
    TrainingTarget(boxes: boxes, labels: labels, masks: masks, keypoints: keypoints)
  }
}

/// The reason why an image cannot be a sample, as a finding with its place.
public struct SampleError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The finding.
  public let finding: Finding

  /// Creates an error from a finding.
  public init(_ finding: Finding) {
    self.finding = finding
  }

  /// The finding's message.
  public var description: String { finding.message }

  init(_ error: ImageError, of image: COCO.Image, at path: String, record: RecordReference) {
    finding = Finding(
      error.faultKind, "\(path): \(error)", at: image.origin, record: record)
  }
}
