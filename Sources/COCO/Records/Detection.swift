public import Files

/// One detected object, as in COCO's results files.
///
/// A field is nil if the source does not give it; nothing is validated here.
public struct Detection: Sendable, Equatable {
  /// The `id` of the image.
  public var imageID: Int
  /// The `id` of the category.
  public var categoryID: Int
  /// The detector's confidence; only its order matters.
  public var score: Double
  private var shape: DetectedShape?
  /// The box in pixels of the image, from COCO's `bbox` [x, y, width, height].
  public var box: Box?
  /// The place of the record in its source; nil for a record made by the program.
  public var origin: Origin?

  /// Creates a detection.
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

  /// The mask as an outline or run lengths in pixels of the image; nil if there is none.
  public var segmentation: Segmentation? {
    get { shape?.segmentation }
    set { shape = DetectedShape.holding(newValue, keypoints) }
  }

  /// The keypoints as x, y, visibility or score, one after the other; nil if there are none.
  public var keypoints: [Double]? {
    get { shape?.keypoints }
    set { shape = DetectedShape.holding(segmentation, newValue) }
  }
}

/// The rare parts of detections, stored apart: a million detections of boxes take less room.
private final class DetectedShape: Sendable, Equatable {
  let segmentation: Segmentation?
  let keypoints: [Double]?

  /// Creates storage for a mask or keypoints; returns nil if there are neither.
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
