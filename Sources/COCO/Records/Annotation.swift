public import Files

/// One object on a picture, as COCO's instances, keypoints and captions files have it.
///
/// A field is nil where the source does not give it; nothing is validated here.
public struct Annotation: Sendable, Equatable {
  public var id: Int
  public var imageID: Int
  /// nil for a caption, which belongs to no category.
  public var categoryID: Int?
  /// In pixels of the picture. Written as COCO's `bbox` [x, y, width, height].
  public var box: Box?
  /// 1 marks a crowd region that evaluation ignores, 0 a single object.
  public var isCrowd: Int?
  /// Square pixels.
  public var area: Double?
  public var segmentation: Segmentation?
  public var origin: Origin?
  /// Whether a value here is no longer as the source has it. Not written.
  public var isChanged = false
  private var further: FurtherFields?

  public init(
    id: Int, imageID: Int, categoryID: Int?, box: Box? = nil, isCrowd: Int? = 0,
    area: Double? = nil, segmentation: Segmentation? = nil, keypoints: [Double]? = nil,
    attributes: JSONObject = [:], extra: JSONObject = [:], origin: Origin? = nil
  ) {
    self.id = id
    self.imageID = imageID
    self.categoryID = categoryID
    self.box = box
    self.isCrowd = isCrowd
    self.area = area
    self.segmentation = segmentation
    self.origin = origin
    further = FurtherFields.holding(keypoints: keypoints, attributes: attributes, extra: extra)
  }

  /// [x, y, visibility] for each keypoint of the category, one after the other; nil where the
  /// annotation has none.
  public var keypoints: [Double]? {
    get { further?.keypoints }
    set {
      further = FurtherFields.holding(keypoints: newValue, attributes: attributes, extra: extra)
    }
  }

  /// What the source says of this object beyond COCO's keys: `difficult`, `pose`, `confidence` …
  public var attributes: JSONObject {
    get { further?.attributes ?? [:] }
    set {
      further = FurtherFields.holding(keypoints: keypoints, attributes: newValue, extra: extra)
    }
  }

  /// Keys of a COCO annotation that are not named here, in the order in which they stood.
  public var extra: JSONObject {
    get { further?.extra ?? [:] }
    set {
      further = FurtherFields.holding(keypoints: keypoints, attributes: attributes, extra: newValue)
    }
  }

  /// Attributes that many annotations have, held once for all of them.
  public struct SharedAttributes: Sendable {
    fileprivate let further: FurtherFields?

    public init(_ attributes: JSONObject) {
      further = FurtherFields.holding(keypoints: nil, attributes: attributes, extra: [:])
    }
  }

  /// Sets the attributes, without a copy where there is nothing else to be held with them.
  public mutating func share(_ shared: SharedAttributes) {
    if further == nil {
      further = shared.further
    } else {
      attributes = shared.further?.attributes ?? [:]
    }
  }

  /// Whether there is a keypoint, an attribute or an extra key.
  var hasFurtherFields: Bool { further != nil }

  /// Whether keypoints, attributes and extra keys are the same, compared where they are.
  static func haveSameFurtherFields(
    _ left: UnsafePointer<Annotation>, _ right: UnsafePointer<Annotation>
  ) -> Bool {
    left.pointee.further == right.pointee.further
  }
}

/// What most annotations do not have, in a box of its own: a million annotations are copied more
/// cheaply without it.
private final class FurtherFields: Sendable, Equatable {
  let keypoints: [Double]?
  let attributes: JSONObject
  let extra: JSONObject

  /// nil where there is nothing to hold.
  static func holding(
    keypoints: [Double]?, attributes: JSONObject, extra: JSONObject
  ) -> FurtherFields? {
    if keypoints == nil, attributes.isEmpty, extra.isEmpty { return nil }
    return FurtherFields(keypoints: keypoints, attributes: attributes, extra: extra)
  }

  private init(keypoints: [Double]?, attributes: JSONObject, extra: JSONObject) {
    self.keypoints = keypoints
    self.attributes = attributes
    self.extra = extra
  }

  static func == (left: FurtherFields, right: FurtherFields) -> Bool {
    left === right
      || (left.keypoints == right.keypoints && left.attributes == right.attributes
        && left.extra == right.extra)
  }
}

/// The outline of an object in one of the three forms that COCO files use.
public enum Segmentation: Sendable, Equatable {
  case polygons(Polygons)
  /// `counts` as a list of run lengths.
  case runLengths(RunLengthMask)
  /// `counts` as pycocotools' compressed string.
  case compressedRunLengths(RunLengthMask)
}

extension Annotation {
  /// The polygons of the annotation that stands at `place`, as long as it stays as it is; nil where
  /// it has none.
  static func polygons(at place: UnsafePointer<Annotation>) -> PolygonWords? {
    guard case .polygons(let polygons)? = place.pointee.segmentation else { return nil }
    return polygons.withWords { $0 }
  }

  /// Whether the annotation that stands at `place` has no polygon with a corner that is not finite.
  public static func hasFinitePolygons(_ place: UnsafePointer<Annotation>) -> Bool {
    polygons(at: place)?.isFinite ?? true
  }
}
