import COCO
import Files
import Images

/// A reader of the lines of one `metadata.jsonl`.
struct HuggingFaceReader: Sendable {
  private(set) var batch = PictureBatch()
  /// The numbers of classes that have no name.
  private(set) var numbers: Set<Int> = []
  private let names: [String]
  private let folder: String
  private let file: Int
  private let options: ImportOptions

  /// Creates a reader.
  ///
  /// - Parameters:
  ///   - names: The classes' names by number.
  ///   - folder: The folder of the images.
  ///   - file: The number of the file among the sources.
  init(names: [String], folder: String, file: Int, _ options: ImportOptions) {
    self.names = names
    self.folder = folder
    self.file = file
    self.options = options
    batch.labels = LabelTable(names)
  }

  /// Reads all lines of a file.
  mutating func read(_ contents: Result<[UInt8], FileError>) {
    let bytes: [UInt8]
    switch contents {
    case .failure(let error):
      batch.findings.append(Finding(error, kind: .malformedFile, file: file))
      return
    case .success(let read): bytes = read
    }
    let locator = ImageLocator(folder)
    let parser = JSONTextParser()
    var start = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      defer { start += line.count + 1 }
      let text = String(decoding: line, as: UTF8.self)
      guard text.contains(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }) else { continue }
      batch.read.images += 1
      let origin = Origin(file: file, offset: start)
      guard case .object(let record)? = parser.value(text) else {
        batch.reject(
          .image, .malformedValue, "expected a JSON object in a line, found something else",
          at: origin, record: text)
        continue
      }
      read(record, text, at: origin, locator)
    }
  }

  private mutating func read(
    _ record: JSONObject, _ text: String, at origin: Origin, _ locator: ImageLocator
  ) {
    let objects = Self.columns(record["objects"])
    let count = Self.boxes.lazy.compactMap { Self.list(objects[$0])?.count }.first ?? 0
    batch.read.annotations += count
    guard case .string(let name)? = record["file_name"], !name.isEmpty else {
      batch.reject(
        .image, .missingField, "expected a file_name, found none", at: origin, record: text)
      for _ in 0..<count {
        batch.rejectWithPicture(
          .missingField, "its image has no file_name", at: origin, record: text)
      }
      return
    }
    let located = locator.locate(name)
    let claim = PictureSizer.Claim(
      name: name, origin: origin, size: Self.size(record))
    let sizer = PictureSizer(options)
    let size = sizer.size(claim, located, findings: &batch.findings) ?? sizer.sizeOfNone
    var image = Image(
      id: 0, fileName: name, width: size?.width ?? 0, height: size?.height ?? 0, origin: origin)
    for member in record.members where !Self.known.contains(member.name) {
      image.extra.members.append(member)
    }
    var annotations: [Annotation] = []
    for index in 0..<count {
      if let annotation = annotation(index, of: objects, at: origin) {
        annotations.append(annotation)
      }
    }
    var picture = Picture(
      path: located?.path ?? Path.join(folder, name), image: image, annotations: annotations)
    if case .success(let header)? = located?.header { picture.header = header }
    batch.pictures.append(picture)
  }

  /// Returns the object of this number; nil, with a rejection, if it has no box or class.
  private mutating func annotation(
    _ index: Int, of objects: JSONObject, at origin: Origin
  ) -> Annotation? {
    let values = objects.members.compactMap { member in
      Self.list(member.value).flatMap { $0.indices.contains(index) ? $0[index] : nil }.map {
        JSONObject.Member(name: member.name, value: $0)
      }
    }
    let object = JSONObject(values)
    let record = Self.text(object)
    guard let box = Self.boxes.lazy.compactMap({ object[$0] }).first.flatMap(Self.box) else {
      batch.reject(
        .annotation, .malformedValue, "expected a bbox of 4 numbers, found another value",
        at: origin, record: record, field: .box)
      return nil
    }
    guard let name = Self.classes.lazy.compactMap({ object[$0] }).first.flatMap({ className($0) })
    else {
      batch.reject(
        .annotation, .missingField, "expected a category, found none", at: origin, record: record,
        field: .categoryID)
      return nil
    }
    var annotation = Annotation(
      id: 0, imageID: 0, categoryID: batch.labels.index(of: name), box: box, isCrowd: 0,
      area: object["area"].flatMap(Self.number), origin: origin)
    if let crowd = object["iscrowd"].flatMap(Self.number) {
      annotation.isCrowd = crowd == 0 ? 0 : 1
    }
    for member in object.members where !Self.knownOfObjects.contains(member.name) {
      annotation.attributes.members.append(member)
    }
    return annotation
  }

  private mutating func className(_ value: JSONValue) -> String? {
    switch value {
    case .string(let name): return name.isEmpty ? nil : name
    case .integer(let number):
      if names.indices.contains(number) { return names[number] }
      numbers.insert(number)
      return String(number)
    default: return nil
    }
  }
}

extension HuggingFaceReader {
  private static let boxes = ["bbox", "bboxes", "boxes"]
  private static let classes = ["category", "categories", "label", "labels", "category_id"]
  private static let known: Set<String> = ["file_name", "image_id", "width", "height", "objects"]
  private static let knownOfObjects = Set(boxes + classes + ["id", "area", "iscrowd"])

  /// Returns the objects of an image column by column; they may be stored row by row.
  private static func columns(_ objects: JSONValue?) -> JSONObject {
    switch objects {
    case .object(let columns)?: return columns
    case .array(let rows)?:
      var columns = JSONObject()
      var names: [String] = []
      for case .object(let row) in rows {
        names += row.members.map(\.name).filter { !names.contains($0) }
      }
      for name in names {
        columns[name] = .array(
          rows.map { row in
            if case .object(let row) = row { row[name] ?? .null } else { .null }
          })
      }
      return columns
    default: return [:]
    }
  }

  private static func list(_ value: JSONValue?) -> [JSONValue]? {
    if case .array(let list)? = value { list } else { nil }
  }

  private static func size(_ record: JSONObject) -> ImageSize? {
    guard case .integer(let width)? = record["width"], case .integer(let height)? = record["height"]
    else { return nil }
    return ImageSize(width: width, height: height)
  }

  private static func box(_ value: JSONValue) -> Box? {
    guard let numbers = list(value)?.map(number), numbers.count == 4 else { return nil }
    let known = numbers.compactMap(\.self)
    guard known.count == 4 else { return nil }
    return Box(x: known[0], y: known[1], width: known[2], height: known[3])
  }

  private static func number(_ value: JSONValue) -> Double? {
    switch value {
    case .integer(let number): Double(number)
    case .number(let number): number
    case .bool(let flag): flag ? 1 : 0
    default: nil
    }
  }

  private static func text(_ object: JSONObject) -> String {
    var output = JSONOutput()
    output.append(.object(object))
    return output.text
  }
}
