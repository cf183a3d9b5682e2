public import Files

/// One object on an image, as in COCO's instances, keypoints and captions files.
///
/// A field is nil if the source does not give it; nothing is validated here. Millions of
/// annotations are held at a time, in 80 bytes each: the presence of a field is a bit, ids have 32
/// bits, and what does not fit, or is rare, is held apart in `FurtherFields`.
public struct Annotation: Sendable, Equatable {
  private var knownBox = Box(x: 0, y: 0, width: 0, height: 0)
  private var knownArea = 0.0
  private var place = Origin.nowhere
  private var outline = HeldOutline.none
  private var further: FurtherFields?
  private var shortID: Int32 = 0
  private var shortImageID: Int32 = 0
  private var shortCategoryID: Int32 = 0
  private var marks = AnnotationMarks()

  /// Creates an annotation.
  public init(
    id: Int, imageID: Int, categoryID: Int?, box: Box? = nil, isCrowd: Int? = 0,
    area: Double? = nil, segmentation: Segmentation? = nil, keypoints: [Double]? = nil,
    attributes: JSONObject = [:], extra: JSONObject = [:], origin: Origin? = nil
  ) {
    if keypoints != nil || !attributes.isEmpty || !extra.isEmpty {
      further = FurtherFields(
        FurtherFields.Values(keypoints: keypoints, attributes: attributes, extra: extra))
    }
    self.id = id
    self.imageID = imageID
    self.categoryID = categoryID
    self.box = box
    self.isCrowd = isCrowd
    self.area = area
    if let segmentation { self.segmentation = segmentation }
    self.origin = origin
  }

  /// The id, unique within its dataset; 0 until one is given.
  public var id: Int {
    get { marks.contains(.longID) ? further?.values.longID ?? 0 : Int(shortID) }
    set {
      let isLong = Int32(exactly: newValue) == nil
      shortID = Int32(truncatingIfNeeded: newValue)
      marks.set(.longID, isLong)
      keep(isLong ? newValue : 0, \.longID)
    }
  }

  /// The `id` of the image.
  public var imageID: Int {
    get { marks.contains(.longImageID) ? further?.values.longImageID ?? 0 : Int(shortImageID) }
    set {
      let isLong = Int32(exactly: newValue) == nil
      shortImageID = Int32(truncatingIfNeeded: newValue)
      marks.set(.longImageID, isLong)
      keep(isLong ? newValue : 0, \.longImageID)
    }
  }

  /// The id of the category; nil for a caption, which belongs to none.
  public var categoryID: Int? {
    get {
      if marks.contains(.category) { return Int(shortCategoryID) }
      return further.flatMap { $0.values.longCategoryID == 0 ? nil : $0.values.longCategoryID }
    }
    set {
      let short = newValue.flatMap { Int32(exactly: $0) }
      shortCategoryID = short ?? 0
      marks.set(.category, short != nil)
      keep(short == nil ? newValue ?? 0 : 0, \.longCategoryID)
    }
  }

  /// The box in pixels of the image, written as COCO's `bbox` [x, y, width, height].
  public var box: Box? {
    get { marks.contains(.box) ? knownBox : nil }
    set {
      knownBox = newValue ?? Box(x: 0, y: 0, width: 0, height: 0)
      marks.set(.box, newValue != nil)
    }
  }

  /// The `iscrowd` field: 1 for a crowd region, which evaluation ignores, 0 for a single object.
  public var isCrowd: Int? {
    get {
      if marks.contains(.single) { return 0 }
      if marks.contains(.crowd) { return 1 }
      return further.flatMap { $0.values.oddCrowd == 0 ? nil : $0.values.oddCrowd }
    }
    set {
      marks.set(.single, newValue == 0)
      marks.set(.crowd, newValue == 1)
      keep(newValue == 1 ? 0 : newValue ?? 0, \.oddCrowd)
    }
  }

  /// The area in square pixels.
  public var area: Double? {
    get { marks.contains(.area) ? knownArea : nil }
    set {
      knownArea = newValue ?? 0
      marks.set(.area, newValue != nil)
    }
  }

  /// The polygons or run lengths in pixels of the image; nil if there are none.
  public var segmentation: Segmentation? {
    get {
      switch outline {
      case .none: nil
      case .words(let words): .polygons(Polygons(words: words, start: marks.start))
      case .other(let other): other.segmentation
      }
    }
    set {
      switch newValue {
      case nil: outline = .none
      case .polygons(let polygons)? where polygons.start <= AnnotationMarks.lastStart:
        outline = .words(polygons.words)
        marks.start = polygons.start
      case let other?: outline = .other(OtherOutline(other))
      }
    }
  }

  /// The place of the record in its source; nil for a record made by the program.
  public var origin: Origin? {
    get { place == .nowhere ? nil : place }
    set { place = newValue ?? .nowhere }
  }

  /// Whether a value differs from the source. This flag is not written to files.
  public var isChanged: Bool {
    get { marks.contains(.changed) }
    set { marks.set(.changed, newValue) }
  }

  /// The keypoints of the category as x, y, visibility, one after the other; nil if there are none.
  public var keypoints: [Double]? {
    get { further?.values.keypoints }
    set { further = FurtherFields.changing(further) { $0.keypoints = newValue } }
  }

  /// The source's attributes of this object beyond COCO's keys: `difficult`, `pose`, `confidence` …
  public var attributes: JSONObject {
    get { further?.values.attributes ?? [:] }
    set { further = FurtherFields.changing(further) { $0.attributes = newValue } }
  }

  /// The members of the COCO annotation that have no property here, in the order in which they
  /// stood.
  public var extra: JSONObject {
    get { further?.values.extra ?? [:] }
    set { further = FurtherFields.changing(further) { $0.extra = newValue } }
  }

  /// Sets a number of the further fields, 0 for none. The fields are touched only if a value is or
  /// was there.
  @inline(__always)
  private mutating func keep(_ number: Int, _ field: WritableKeyPath<FurtherFields.Values, Int>) {
    if number == 0, (further?.values[keyPath: field] ?? 0) == 0 { return }
    further = FurtherFields.changing(further) { $0[keyPath: field] = number }
  }
}

extension Annotation {
  /// Compares everything that the annotations hold, however it is stored.
  public static func == (left: Annotation, right: Annotation) -> Bool {
    left.id == right.id && left.imageID == right.imageID && left.categoryID == right.categoryID
      && left.box == right.box && left.isCrowd == right.isCrowd && left.area == right.area
      && left.origin == right.origin && left.isChanged == right.isChanged
      && left.segmentation == right.segmentation && left.further == right.further
  }

  /// Attributes of many annotations, stored once for all of them.
  public struct SharedAttributes: Sendable {
    fileprivate let further: FurtherFields?

    /// Creates a shared store of these attributes.
    public init(_ attributes: JSONObject) {
      further = FurtherFields.changing(nil) { $0.attributes = attributes }
    }
  }

  /// Sets the attributes, sharing the store if the annotation has no other rare fields.
  public mutating func share(_ shared: SharedAttributes) {
    if further == nil {
      further = shared.further
    } else {
      attributes = shared.further?.values.attributes ?? [:]
    }
  }

  /// Whether there are keypoints, attributes, extra members or other rare fields.
  var hasFurtherFields: Bool { further != nil }

  /// Returns whether keypoints, attributes, extra members and other rare fields are equal, compared
  /// in place.
  static func haveSameFurtherFields(
    _ left: UnsafePointer<Annotation>, _ right: UnsafePointer<Annotation>
  ) -> Bool {
    left.pointee.further == right.pointee.further
  }

  /// Returns the polygons of the annotation at `place`, valid as long as it does not change; nil if
  /// it has none.
  static func polygons(at place: UnsafePointer<Annotation>) -> PolygonWords? {
    switch place.pointee.outline {
    case .none: nil
    case .words(let words):
      words.withUnsafeBufferPointer { PolygonWords($0, start: place.pointee.marks.start) }
    case .other(let other): other.polygons?.withWords { $0 }
    }
  }

  /// Returns whether every polygon corner of the annotation at `place` is finite.
  public static func hasFinitePolygons(_ place: UnsafePointer<Annotation>) -> Bool {
    polygons(at: place)?.isFinite ?? true
  }
}

extension Origin {
  /// The origin that stands for none: beyond the end of any file.
  fileprivate static var nowhere: Origin { Origin(file: 0xFF_FFFF, offset: 0xFF_FFFF_FFFF) }
}
