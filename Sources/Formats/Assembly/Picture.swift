import COCO
import Files
import Images

/// An image with its annotations as an importer found them, before ids are assigned.
struct Picture: Sendable {
  /// The path of the image file, found or expected.
  var path: String
  /// The record, with id 0; `fileName` is set from `path` when the set is assembled.
  var image: Image
  /// The annotations, with ids 0; `categoryID` is the class's index in the `LabelTable` of the
  /// batch.
  var annotations: [Annotation]
  /// The image file's own size, if the record has another: outlines are drawn on the file.
  var fileSize: ImageSize?
  /// The image file's header, if it has been read.
  var header: ImageHeader?

  init(
    path: String, image: Image, annotations: [Annotation], fileSize: ImageSize? = nil,
    header: ImageHeader? = nil
  ) {
    self.path = path
    self.image = image
    self.annotations = annotations
    self.header = header
    let isOther = fileSize != ImageSize(width: image.width, height: image.height)
    self.fileSize = isOther ? fileSize : nil
  }
}

/// The results of one task of an importer: images with the class names they use, faults, counts.
struct PictureBatch: Sendable {
  var pictures: [Picture] = []
  var labels = LabelTable()
  var findings: [Finding] = []
  var rejections: [Rejection] = []
  var read = RecordCounts()
  var changes: [String: RecordCounts] = [:]

  init() {}

  /// Notes a change to one record.
  mutating func change(_ what: String, images: Int = 0, annotations: Int = 0) {
    changes[what, default: RecordCounts()] += RecordCounts(
      images: images, annotations: annotations)
  }

  /// Notes something about the data.
  mutating func find(
    _ kind: FaultKind, severity: Finding.Severity? = nil, _ message: String, at origin: Origin?
  ) {
    findings.append(Finding(kind, severity: severity, message, at: origin))
  }

  /// Leaves a record out, with the reason.
  mutating func reject(
    _ what: Rejection.Kind, _ kind: FaultKind, _ message: String, at origin: Origin?,
    record: String, field: RecordField? = nil, fixes: [Fix] = []
  ) {
    let finding = Finding(kind, severity: .error, message, at: origin, field: field, fixes: fixes)
    rejections.append(Rejection(what, finding, record: record))
  }

  /// Leaves out an annotation whose image is left out.
  mutating func rejectWithPicture(
    _ kind: FaultKind, _ message: String, at origin: Origin?, record: String
  ) {
    rejections.append(
      Rejection(
        .annotation, Finding(kind, severity: .error, message, at: origin), record: record,
        followsPicture: true))
  }
}

/// The class names, each once, by the number under which annotations hold them until ids are
/// assigned.
struct LabelTable: Sendable, Equatable {
  private(set) var names: [String] = []
  private var indices: [String: Int] = [:]

  init(_ names: [String] = []) {
    for name in names { _ = index(of: name) }
  }

  /// Returns the number of `name`, a new one if the name is new.
  mutating func index(of name: String) -> Int {
    if let last = names.last, last == name { return names.count - 1 }
    if let index = indices[name] { return index }
    indices[name] = names.count
    names.append(name)
    return names.count - 1
  }
}
