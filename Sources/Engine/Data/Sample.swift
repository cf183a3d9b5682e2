public import COCO
import Datasets
public import DetectionModels
import Images
public import Torch

/// One picture of a dataset and what is to be learnt of it, as a detector takes them.
public struct Sample: Sendable {
  /// The image's index in its dataset.
  public var imageIndex: Int
  /// float [3, H, W], 0 … 1
  public var image: Tensor
  public var target: TargetTensors

  /// float32 [N, K, 3] of the target.
  public var keypoints: Tensor? {
    get { target.keypoints }
    set { target.keypoints = newValue }
  }

  public init(imageIndex: Int, image: Tensor, target: TargetTensors) {
    self.imageIndex = imageIndex
    self.image = image
    self.target = target
  }

  /// Pixels.
  public var width: Int { image.size(2) }
  /// Pixels.
  public var height: Int { image.size(1) }
}

/// Samples that are trained on together.
public struct Batch: Sendable {
  public internal(set) var samples: [Sample] = []
  /// The positions of the samples among those that the plan is of.
  public internal(set) var positions: [Int] = []
  /// What is drawn for each sample while it is learnt depends on, so that neither the pictures beside
  /// it nor the process that learns it matter.
  var drawSeeds: [UInt64] = []
  /// Why pictures that the plan has in this batch are not in it.
  public internal(set) var leftOut: [SampleError] = []

  public var images: [Tensor] { samples.map(\.image) }
  public var targets: [TrainingTarget] { samples.map(\.target.trainingTarget) }

  /// The pictures on a device; themselves where they are there.
  func images(on device: Device) -> [Tensor] { images.map { $0.to(device) } }

  /// The targets on a device; themselves where they are there.
  func targets(on device: Device) -> [TrainingTarget] { targets.map { $0.to(device) } }
}

/// A target in tensors as someone builds it, right or wrong: `TargetContract` tells which.
public struct TargetTensors: Sendable {
  /// float [N, 4]: x0 y0 x1 y1 in pixels of the picture.
  public var boxes: Tensor
  /// int64 [N]: 1 … number of classes − 1; 0 is the background.
  public var labels: Tensor
  /// uint8 [N, H, W], 0 or 1; nil where no mask is to be learnt.
  public var masks: Tensor?
  /// float32 [N, K, 3]: x, y in pixels of the picture and visibility, 0 where a keypoint is not
  /// labelled; nil where no keypoint is to be learnt.
  public var keypoints: Tensor?

  public init(boxes: Tensor, labels: Tensor, masks: Tensor? = nil, keypoints: Tensor? = nil) {
    self.boxes = boxes
    self.labels = labels
    self.masks = masks
    self.keypoints = keypoints
  }

  /// The target for a model, which traps where shapes or types are not as they must be.
  public var trainingTarget: TrainingTarget {
    TrainingTarget(boxes: boxes, labels: labels, masks: masks, keypoints: keypoints)
  }
}

/// Why a picture cannot be a sample, as a finding with its place.
public struct SampleError: Error, Sendable, Equatable, CustomStringConvertible {
  public let finding: Finding

  public init(_ finding: Finding) {
    self.finding = finding
  }

  public var description: String { finding.message }

  init(_ error: ImageError, of image: COCO.Image, at path: String, record: RecordReference) {
    finding = Finding(
      error.faultKind, "\(path): \(error)", at: image.origin, record: record)
  }
}
