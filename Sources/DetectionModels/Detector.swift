public import Torch

/// A model that finds objects in images.
///
/// Training and inference are two methods, as their results differ.
public protocol Detector: Module {
  /// Returns the losses of a batch under torchvision's names; training reduces their sum.
  ///
  /// Traps where torchvision raises: for boxes without width or height, for labels without a class,
  /// and for unequal numbers of images and targets.
  ///
  /// - Parameters:
  ///   - images: The images, each [3, H, W] from 0 to 1, of any size.
  ///   - targets: The ground truth of each image.
  func losses(images: [Tensor], targets: [TrainingTarget]) -> Losses

  /// Returns the detections of each image in order of descending score.
  ///
  /// - Parameter images: The images, each [3, H, W] from 0 to 1, of any size.
  func detections(images: [Tensor]) -> [Detections]
}

/// A detector whose backbone contains the layers of a classification network and may start from
/// that network's weights.
public protocol BackboneDetector: Detector {
  /// The places of the network's layers in the backbone, by key prefixes.
  var networkParts: [NetworkPart] { get }
  /// The transform that normalises, resizes and batches images.
  var transform: GeneralizedRCNNTransform { get }
  /// The limits on the number of detections and on their overlap.
  var limits: DetectionLimits { get }
  /// The rule that assigns objects to anchors.
  var matching: AnchorMatching { get }
  /// The anchors by their sizes and aspect ratios; nil if they follow from other numbers.
  var anchorLists: AnchorGenerator? { get }

  /// Returns the size of each feature map, finest first, for a batch of images of a size.
  func mapSizes(of imageSize: SpatialSize) -> [SpatialSize]

  /// Returns the anchors on feature maps of the given sizes.
  ///
  /// - Parameters:
  ///   - imageSize: The size of the batch, padding included.
  ///   - maps: The size of each feature map, finest first.
  func anchorGrids(imageSize: SpatialSize, maps: [SpatialSize]) -> [AnchorGrid]
}

extension BackboneDetector {
  /// Returns the anchors of `anchorLists`, or none if that is nil; a detector without such lists
  /// has to implement the method itself.
  public func anchorGrids(imageSize: SpatialSize, maps: [SpatialSize]) -> [AnchorGrid] {
    anchorLists?.grids(imageSize: imageSize, maps: maps) ?? []
  }
}

/// The rule by which a detector assigns objects to anchors.
public enum AnchorMatching: Sendable, Equatable {
  /// An object is assigned to the anchors that overlap it by an IoU of `threshold` or more, and to
  /// the one that overlaps it most.
  case overlap(threshold: Double)
  /// An object is assigned to the places within `radius` times their size of its centre, from which
  /// its farthest side is within the range of their feature map.
  case centre(radius: Double)
}

/// The limits on how many objects of an image a detector can find, and on how much they may
/// overlap.
public struct DetectionLimits: Sendable {
  /// The first stage of a two-stage detector.
  public struct Proposals: Sendable {
    /// The options of the region proposal network, which include the numbers of proposals.
    public let options: RPNOptions
    /// The pooling that takes each box from the feature map that fits its size.
    public let pool: MultiScaleRoIAlign
  }

  /// The greatest number of detections of an image; the ones with the highest scores are kept.
  public let detectionsPerImage: Int
  /// The IoU above which the detection with the lower score, of two of one class, is removed.
  public let nmsThreshold: Double
  /// The limits of the first stage; nil for a one-stage detector.
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

/// The ground truth of one image.
public struct TrainingTarget: Sendable {
  /// The boxes, float32 [N, 4]: corners x0, y0, x1, y1 in pixels.
  public let boxes: Tensor
  /// The label of each box, int64 [N]; 0 is the background.
  public let labels: Tensor
  /// The masks, uint8 [N, H, W], 1 inside the object; nil if no masks are trained.
  public let masks: Tensor?
  /// The keypoints, float32 [N, K, 3]: x and y in pixels, and a visibility, above 0 if the keypoint
  /// is labelled; nil if no keypoints are trained.
  public let keypoints: Tensor?

  /// Creates a target of checked shapes and types.
  ///
  /// Traps where torchvision raises: for boxes that are not [N, 4] or not of a floating-point type,
  /// for labels that are not int64, and for keypoints that are not float32 [N, K, 3].
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

  /// A Boolean value that is true if the image has no objects.
  var isEmpty: Bool { boxes.size(0) == 0 }

  /// Traps for a label that is not below the number of classes, as torchvision raises.
  func checkLabels(below numClasses: Int) {
    let greatest = isEmpty ? 0 : labels.amax().itemInt()
    precondition(
      greatest < numClasses, "expected labels below \(numClasses), found \(greatest)")
  }

  /// Traps for a box without positive width and height, as torchvision raises; NaN passes.
  func checkBoxes(image: Int) {
    let corners = boxes.detached()
    let degenerate = (corners[.all, 2...] .<= corners[.all, ..<2]).any(dims: [1]).nonzero()
    guard let first = degenerate.flattened().scalars(as: Int.self).first else { return }
    let box = corners[first].to(.float32).scalars(as: Float.self)
    preconditionFailure(
      "expected boxes of positive width and height, found \(box) in the target of picture \(image)")
  }
}

/// The losses of one batch under torchvision's names.
public struct Losses: Sendable {
  /// The losses and their names, in torchvision's order.
  public private(set) var entries: [(name: String, value: Tensor)]

  /// Creates the losses of a batch from named scalars.
  public init(_ entries: [(name: String, value: Tensor)]) {
    self.entries = entries
  }

  /// The unweighted sum of the losses, which training reduces; 0 if there are none.
  public var total: Tensor {
    guard let first = entries.first else { return Tensor(0 as Float) }
    return entries.dropFirst().reduce(first.value) { $0 + $1.value }
  }

  /// Returns the first loss with a name; nil if there is none.
  public subscript(name: String) -> Tensor? {
    entries.first { $0.name == name }?.value
  }

  static func + (left: Losses, right: Losses) -> Losses {
    Losses(left.entries + right.entries)
  }
}

/// The detections of one image, in order of descending score.
public struct Detections: Sendable {
  /// The boxes, [N, 4]: corners x0, y0, x1, y1 in pixels of the image as it was given.
  public var boxes: Tensor
  /// The label of each detection, int64 [N].
  public var labels: Tensor
  /// The score of each detection, [N], from 0 to 1.
  public var scores: Tensor
  /// The mask of each detection; nil from a detector without masks.
  public var masks: InstanceMasks?
  /// The keypoints, float32 [N, K, 3]: x and y in pixels of the image as it was given, and 1; nil
  /// from a detector without keypoints.
  public var keypoints: Tensor?
  /// The logit of each keypoint at its place, float32 [N, K], torchvision's `keypoints_scores`; nil
  /// from a detector without keypoints.
  public var keypointScores: Tensor?

  /// Creates detections without keypoints.
  public init(boxes: Tensor, labels: Tensor, scores: Tensor, masks: InstanceMasks? = nil) {
    self.boxes = boxes
    self.labels = labels
    self.scores = scores
    self.masks = masks
  }

  /// The number of detections.
  public var count: Int { labels.size(0) }

  /// Returns the detections at indices int64 [K], in the order of the indices.
  func selecting(_ indices: Tensor) -> Detections {
    Detections(boxes: boxes[indices], labels: labels[indices], scores: scores[indices])
  }
}
