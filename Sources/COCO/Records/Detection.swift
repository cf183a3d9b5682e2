public import Files

/// One object that a detector has found, as COCO's results files have it.
///
/// A field is nil where the source does not give it; nothing is validated here.
public struct Detection: Sendable, Equatable {
  public var imageID: Int
  public var categoryID: Int
  /// How sure the detector is; only the order counts.
  public var score: Double
  private var shape: DetectedShape?
  /// In pixels of the picture, from COCO's `bbox` [x, y, width, height].
  public var box: Box?
  public var origin: Origin?

  public init(
    imageID: Int, categoryID: Int, score: Double, box: Box? = nil,
    segmentation: Segmentation? = nil, keypoints: [Double]? = nil, origin: Origin? = nil
  ) {
    self.imageID = imageID
    self.categoryID = categoryID
    self.score = score
    self.box = box
    self.origin = origin
    shape = DetectedShape.holding(segmentation, keypoints)
  }

  public var segmentation: Segmentation? {
    get { shape?.segmentation }
    set { shape = DetectedShape.holding(newValue, keypoints) }
  }

  /// [x, y, visibility or score] for each keypoint, one after the other.
  public var keypoints: [Double]? {
    get { shape?.keypoints }
    set { shape = DetectedShape.holding(segmentation, newValue) }
  }
}

/// What detections of boxes do not have, in a box of its own: a million of them take less room.
private final class DetectedShape: Sendable, Equatable {
  let segmentation: Segmentation?
  let keypoints: [Double]?

  /// nil where there is nothing to hold.
  static func holding(_ segmentation: Segmentation?, _ keypoints: [Double]?) -> DetectedShape? {
    if segmentation == nil, keypoints == nil { return nil }
    return DetectedShape(segmentation, keypoints)
  }

  private init(_ segmentation: Segmentation?, _ keypoints: [Double]?) {
    self.segmentation = segmentation
    self.keypoints = keypoints
  }

  static func == (left: DetectedShape, right: DetectedShape) -> Bool {
    left === right
      || (left.segmentation == right.segmentation && left.keypoints == right.keypoints)
  }
}
