public import Torch

/// A model that finds objects in pictures. Training and inference are two methods, as their results
/// differ.
public protocol Detector: Module {
  /// Returns how wrong the detector is, by torchvision's names; training reduces the sum.
  ///
  /// Traps where torchvision raises: boxes without width or height, labels that there is no class
  /// for, pictures and targets of different numbers.
  ///
  /// - Parameter images: each [3, H, W] from 0 to 1, of any size.
  func losses(images: [Tensor], targets: [TrainingTarget]) -> Losses

  /// Returns what is in each picture, from the most certain object on.
  ///
  /// - Parameter images: each [3, H, W] from 0 to 1, of any size.
  func detections(images: [Tensor]) -> [Detections]
}

/// A detector with the layers of a classification network in its backbone, whose weights it may start
/// from.
public protocol BackboneDetector: Detector {
  /// Where those layers stand in the backbone.
  var networkParts: [NetworkPart] { get }
  /// How pictures are resized and filled.
  var transform: GeneralizedRCNNTransform { get }
  /// How many objects it can find, and keep apart.
  var limits: DetectionLimits { get }
  /// How objects are given to anchors.
  var matching: AnchorMatching { get }
  /// The anchors by their sizes and aspect ratios; nil where they are made of other numbers.
  var anchorLists: AnchorGenerator? { get }

  /// Returns the size of each feature map, from the finest on, of a batch of pictures.
  func mapSizes(of imageSize: SpatialSize) -> [SpatialSize]

  /// Returns the anchors on feature maps of these sizes.
  ///
  /// - Parameter imageSize: of the batch, with what was filled.
  func anchorGrids(imageSize: SpatialSize, maps: [SpatialSize]) -> [AnchorGrid]
}

extension BackboneDetector {
  /// Those of the lists of sizes and aspect ratios; a detector without such lists has its own.
  public func anchorGrids(imageSize: SpatialSize, maps: [SpatialSize]) -> [AnchorGrid] {
    anchorLists?.grids(imageSize: imageSize, maps: maps) ?? []
  }
}

/// How a detector gives objects to anchors.
public enum AnchorMatching: Sendable, Equatable {
  /// To the anchors that overlap the object by `threshold`, and to the one that overlaps it most.
  case overlap(threshold: Double)
  /// To the places near the object's centre, within `radius` times the place's size, from which its
  /// farthest side is as far as the feature map is there for.
  case centre(radius: Double)
}

/// How many objects of a picture a detector can find, and how far apart they must be.
public struct DetectionLimits: Sendable {
  /// The first of two stages.
  public struct Proposals: Sendable {
    public let options: RPNOptions
    /// Takes each box from the map that fits its size.
    public let pool: MultiScaleRoIAlign
  }

  /// The most certain detections of a picture, of which no more are kept.
  public let detectionsPerImage: Int
  /// The overlap above which the less certain of two detections of one class goes.
  public let nmsThreshold: Double
  /// Nil of a detector of one stage.
  public let proposals: Proposals?

  init(_ options: some OneStageOptions) {
    detectionsPerImage = options.detectionsPerImage
    nmsThreshold = options.nmsThreshold
    proposals = nil
  }

  init(_ options: RoIOptions, proposals: Proposals) {
    detectionsPerImage = options.detectionsPerImage
    nmsThreshold = options.nmsThreshold
    self.proposals = proposals
  }
}

/// What a detector is to find in one picture.
public struct TrainingTarget: Sendable {
  /// float32 [N, 4]: corners x0, y0, x1, y1 in pixels.
  public let boxes: Tensor
  /// int64 [N]; 0 is the background.
  public let labels: Tensor
  /// uint8 [N, H, W], 1 where the object is; nil where no mask is to be learnt.
  public let masks: Tensor?
  /// float32 [N, K, 3]: x, y in pixels, and a visibility above 0 where the keypoint is labelled; nil
  /// where no keypoint is to be learnt.
  public let keypoints: Tensor?

  /// Traps where torchvision raises: boxes of another shape or of whole numbers, labels or keypoints
  /// of another type.
  public init(boxes: Tensor, labels: Tensor, masks: Tensor? = nil, keypoints: Tensor? = nil) {
    precondition(
      boxes.rank == 2 && boxes.size(1) == 4, "expected boxes [N, 4], found \(boxes.shape)")
    precondition(
      boxes.dtype.isFloatingPoint, "expected boxes of a floating point type, found \(boxes.dtype)")
    precondition(labels.dtype == .int64, "expected labels of int64, found \(labels.dtype)")
    self.boxes = boxes
    self.labels = labels
    if let keypoints {
      precondition(
        keypoints.rank == 3 && keypoints.size(2) == 3 && keypoints.size(0) == boxes.size(0),
        "expected keypoints [\(boxes.size(0)), K, 3], found \(keypoints.shape)")
      precondition(
        keypoints.dtype == .float32, "expected keypoints of float32, found \(keypoints.dtype)")
    }
    self.masks = masks
    self.keypoints = keypoints
  }

  /// Whether there is nothing to find.
  var isEmpty: Bool { boxes.size(0) == 0 }

  /// Traps for a label that there is no class for, as torchvision raises.
  func checkLabels(below numClasses: Int) {
    let greatest = isEmpty ? 0 : labels.amax().itemInt()
    precondition(
      greatest < numClasses, "expected labels below \(numClasses), found \(greatest)")
  }

  /// Traps for a box without width or height, as torchvision raises; NaN passes.
  func checkBoxes(image: Int) {
    let corners = boxes.detached()
    let degenerate = (corners[.all, 2...] .<= corners[.all, ..<2]).any(dims: [1]).nonzero()
    guard let first = degenerate.flattened().scalars(as: Int.self).first else { return }
    let box = corners[first].to(.float32).scalars(as: Float.self)
    preconditionFailure(
      "expected boxes of positive width and height, found \(box) in the target of image \(image)")
  }
}

/// The losses of one batch by torchvision's names.
public struct Losses: Sendable {
  /// The losses in torchvision's order.
  public private(set) var entries: [(name: String, value: Tensor)]

  public init(_ entries: [(name: String, value: Tensor)]) {
    self.entries = entries
  }

  /// The plain sum, which training reduces.
  public var total: Tensor {
    guard let first = entries.first else { return Tensor(0 as Float) }
    return entries.dropFirst().reduce(first.value) { $0 + $1.value }
  }

  public subscript(name: String) -> Tensor? {
    entries.first { $0.name == name }?.value
  }

  static func + (left: Losses, right: Losses) -> Losses {
    Losses(left.entries + right.entries)
  }
}

/// What a detector found in one picture, from the most certain on.
public struct Detections: Sendable {
  /// [N, 4]: corners x0, y0, x1, y1 in pixels of the picture as it was given.
  public var boxes: Tensor
  /// int64 [N]
  public var labels: Tensor
  /// [N] from 0 to 1
  public var scores: Tensor
  /// Where in its box each object is; nil from a detector without masks.
  public var masks: InstanceMasks?
  /// float32 [N, K, 3]: x, y in pixels of the picture as it was given, and 1; nil from a detector
  /// without keypoints.
  public var keypoints: Tensor?
  /// float32 [N, K]: the logit of each keypoint at its place, torchvision's `keypoints_scores`; nil
  /// from a detector without keypoints.
  public var keypointScores: Tensor?

  public init(boxes: Tensor, labels: Tensor, scores: Tensor, masks: InstanceMasks? = nil) {
    self.boxes = boxes
    self.labels = labels
    self.scores = scores
    self.masks = masks
  }

  public var count: Int { labels.size(0) }

  /// Returns the detections that the indices int64 [K] name, in their order.
  func selecting(_ indices: Tensor) -> Detections {
    Detections(boxes: boxes[indices], labels: labels[indices], scores: scores[indices])
  }
}
