/// The content of the lines of a part of a file.
struct PictureLines: Sendable {
  /// A member of a line that is about the whole set.
  struct Member: Sendable {
    var name: String
    var value: JSONValue
    var offset: Int
  }

  var images: RecordBatch<Image>
  var annotations: RecordBatch<Annotation>
  var categories: RecordBatch<Category>
  var members: [Member]
}

/// A decoder of lines that hold an image with its annotations, or the members of the whole set.
struct PictureLineDecoder: JSONElementDecoder {
  private var images: ImageDecoder
  private var annotations: AnnotationDecoder
  private var categories: CategoryDecoder
  private var members: [PictureLines.Member] = []
  /// The images that are read; nil for all.
  var shard: Shard?

  /// Creates a decoder.
  ///
  /// - Parameter keepsDetections: Whether an image keeps the detections on its line.
  init(source: Int, needsFileName: Bool, keepsDetections: Bool, _ manner: ReadingManner) {
    images = ImageDecoder(
      source: source, needsFileName: needsFileName,
      lists: keepsDetections ? ["annotations"] : ["annotations", "detections"]
    ).reading(in: manner)
    annotations = AnnotationDecoder(source: source).reading(in: manner)
    categories = CategoryDecoder(source: source).reading(in: manner)
  }

  mutating func expect(controls: [(offset: Int, byte: UInt8)]) {
    images.expect(controls: controls)
  }

  mutating func decode(_ element: JSONNode, base: Int) {
    guard element.kind == .object, Self.isAboutWhole(element) else {
      if shard?.contains(Self.key(of: element)) ?? true { decodePicture(element, base: base) }
      return
    }
    element.forEachMember { key, value in
      if key.reads("categories"), value.kind == .array {
        value.forEachElement { categories.decode($0, base: base) }
      } else {
        members.append(
          .init(
            name: String(decoding: key.bytes, as: UTF8.self), value: JSONValue(value),
            offset: base + key.offset))
      }
    }
  }

  /// Returns whether a line holds the members of a COCO file beside its lists of images and
  /// annotations.
  private static func isAboutWhole(_ element: JSONNode) -> Bool {
    var (isOfSet, isOfPicture) = (false, false)
    element.forEachMember { key, _ in
      if key.reads("categories") || key.reads("info") || key.reads("licenses") { isOfSet = true }
      if key.reads("file_name") || key.reads("annotations") { isOfPicture = true }
    }
    return isOfSet && !isOfPicture
  }

  /// Returns the key that decides the shard of a line; it is empty for one without an id.
  private static func key(of element: JSONNode) -> String {
    guard element.kind == .object else { return "" }
    var key = ""
    element.forEachMember { name, value in
      if name.reads("id") {
        key = value.integer.map(String.init) ?? value.idWord.map(Self.digits) ?? ""
      }
    }
    return key
  }

  /// Returns a number as it is written without leading zeros; any other word as it is.
  private static func digits(_ word: String) -> String { Int(word).map(String.init) ?? word }

  private mutating func decodePicture(_ element: JSONNode, base: Int) {
    images.decode(element, base: base)
    guard element.kind == .object else { return }
    var (owner, own): (JSONNode?, JSONNode?)
    element.forEachMember { key, value in
      if key.reads("id") { owner = value }
      if key.reads("annotations") { own = value }
    }
    guard let own, own.kind != .null else { return }
    guard own.kind == .array else {
      images.records.find(
        .malformedValue, severity: .error,
        "annotations: expected a list, found \(own.excerpt)", at: base + own.offset)
      return
    }
    annotations.owner = owner
    own.forEachElement { annotations.decode($0, base: base) }
    annotations.owner = nil
  }

  mutating func reject(_ raw: String, at offset: Int, reason: String) {
    guard shard?.contains("") ?? true else { return }
    images.reject(raw, at: offset, reason: reason)
  }

  mutating func find(_ message: String, at offset: Int) {
    images.find(message, at: offset)
  }

  consuming func finish() -> PictureLines {
    PictureLines(
      images: images.finish(), annotations: annotations.finish(), categories: categories.finish(),
      members: members)
  }
}

/// A decoder of lines of results: a detection, or an image with its `detections`, or with
/// annotations that are detections.
struct DetectionLineDecoder: JSONElementDecoder {
  private var detections: DetectionDecoder
  /// Whether annotations are the ground truth, and no detections.
  private let holdsTruth: Bool

  init(source: Int, holdsTruth: Bool, _ manner: ReadingManner) {
    detections = DetectionDecoder(source: source).reading(in: manner)
    self.holdsTruth = holdsTruth
  }

  mutating func expect(controls: [(offset: Int, byte: UInt8)]) {
    detections.expect(controls: controls)
  }

  mutating func decode(_ element: JSONNode, base: Int) {
    var (owner, annotations, own): (JSONNode?, JSONNode?, JSONNode?)
    var isPictureless = element.kind != .object
    if element.kind == .object {
      element.forEachMember { key, value in
        if key.reads("id") || key.reads("image_id") { owner = value }
        if key.reads("annotations"), value.kind == .array { annotations = value }
        if key.reads("detections"), value.kind == .array { own = value }
        if key.reads("category_id") { isPictureless = true }
      }
    }
    guard let list = own ?? (holdsTruth ? nil : annotations) else {
      // Lines of the whole set, and pictures without detections, are passed over.
      if isPictureless { detections.decode(element, base: base) }
      return
    }
    detections.owner = owner
    list.forEachElement { detections.decode($0, base: base) }
    detections.owner = nil
  }

  mutating func reject(_ raw: String, at offset: Int, reason: String) {
    detections.reject(raw, at: offset, reason: reason)
  }

  mutating func find(_ message: String, at offset: Int) {
    detections.find(message, at: offset)
  }

  consuming func finish() -> RecordBatch<Detection> { detections.finish() }
}
