import COCO
import Files

extension YOLOReader {
  /// Adds the row as an annotation of `picture`, or as a rejection.
  mutating func addRow(to picture: inout Picture, file: Int) {
    part.batch.read.annotations += 1
    guard let content = content(file: file), let label = label(file: file) else { return }
    let origin = origin(row.starts[0], file)
    // Of the coordinates only: not the class, a confidence, or whether a keypoint can be seen.
    let scale = scale(content, picture.image, file: file)
    var annotation = Annotation(
      id: 0, imageID: 0, categoryID: label, attributes: JSONObject(), extra: JSONObject(),
      origin: origin)
    switch content {
    case .box:
      annotation.box = box(scale)
    case .scoredBox:
      guard row.values[5].isFinite else { return reject(field: 5, "a finite confidence", file) }
      annotation.box = box(scale)
      annotation.attributes["confidence"] = .number(row.values[5])
    case .polygon:
      if row.values.count == 9 { part.quadrilaterals += 1 }
      addPolygon(to: &annotation, scale)
    case .pose:
      if let field = row.values.indices.dropFirst(5).first(where: { !row.values[$0].isFinite }) {
        return reject(field: field, "a finite number", file)
      }
      annotation.box = box(scale)
      addKeypoints(to: &annotation, scale)
    }
    part.rows += 1
    picture.annotations.append(annotation)
  }

  /// Returns the kind of the row's content; nil, with a rejection, if it cannot be read.
  private mutating func content(file: Int) -> YOLOContent? {
    if row.malformed != nil, let separator = row.reread(text.bytes) {
      part.count(separator, at: origin(row.starts[0], file))
    }
    if let malformed = row.malformed {
      reject(field: malformed, "a number", file)
      return nil
    }
    let count = row.values.count
    if let content = set.content(fields: count) { return content }
    let place = set.surplusField(of: count).map { row.starts[$0] } ?? row.end
    reject(.unknownFieldCount, "expected \(set.expectedFields), found \(count)", place, file)
    return nil
  }

  /// Returns the class as its index in the batch's labels; nil, with a rejection, if there is none.
  private mutating func label(file: Int) -> Int? {
    guard let number = Int(exactly: row.values[0]) else {
      reject(field: 0, "a class number", file)
      return nil
    }
    if let label = set.classes.index(of: number) { return label }
    if set.classes.isOpen, number >= 0, number <= YOLOClasses.highest {
      return part.batch.labels.index(of: String(number))
    }
    if number >= 0, number <= YOLOClasses.highest {
      part.highestUnnamed = max(part.highestUnnamed ?? 0, number)
    }
    let expected = set.classes.isOpen ? "a class of 0 or more" : set.classes.expected
    let fix = Fix("remove the row", isSafe: false, edits: [.replaceText(wholeRow, with: "")])
    reject(
      .unknownCategory, "expected \(expected), found \(number)", row.starts[0], file,
      fixes: [fix])
    return nil
  }

  /// Returns the factors of coordinates: the image's size, or 1 if they are clearly pixels.
  private mutating func scale(
    _ content: YOLOContent, _ image: Image, file: Int
  ) -> (x: Double, y: Double) {
    let normalised = (x: Double(image.width), y: Double(image.height))
    let coordinates = content == .polygon ? 1..<row.values.count : 1..<5
    var first: Int?
    for field in coordinates {
      let value = row.values[field]
      if !value.isFinite { return normalised }
      if value > 2, first == nil { first = field }
    }
    guard let first else { return normalised }
    part.batch.find(
      .unnormalisedCoordinates,
      "expected fractions of the image's size, found \(row.text(first, in: text.bytes)); "
        + "the row is read as pixels", at: origin(row.starts[first], file))
    return (1, 1)
  }

  /// Returns the box from its centre and size.
  private func box(_ scale: (x: Double, y: Double)) -> Box {
    let (width, height) = (row.values[3], row.values[4])
    return Box(
      x: (row.values[1] - width / 2) * scale.x, y: (row.values[2] - height / 2) * scale.y,
      width: width * scale.x, height: height * scale.y)
  }

  /// Adds the polygon in pixels and the box around it.
  private func addPolygon(to annotation: inout Annotation, _ scale: (x: Double, y: Double)) {
    var ring: [Double] = []
    ring.reserveCapacity(row.values.count - 1)
    var low = (x: Double.infinity, y: Double.infinity)
    var high = (x: -Double.infinity, y: -Double.infinity)
    var isFinite = true
    for field in stride(from: 1, to: row.values.count - 1, by: 2) {
      let x = row.values[field] * scale.x
      let y = row.values[field + 1] * scale.y
      isFinite = isFinite && x.isFinite && y.isFinite
      low = (min(low.x, x), min(low.y, y))
      high = (max(high.x, x), max(high.y, y))
      ring.append(x)
      ring.append(y)
    }
    annotation.segmentation = .polygons(Polygons([ring]))
    // The least and greatest of numbers with a NaN among them say nothing.
    annotation.box =
      isFinite
      ? Box(x0: low.x, y0: low.y, x1: high.x, y1: high.y)
      : Box(x: .nan, y: .nan, width: .nan, height: .nan)
  }

  /// Adds keypoints as in COCO. One without visibility is visible, unless it lies at the origin or
  /// before it, which means that it is absent.
  private func addKeypoints(to annotation: inout Annotation, _ scale: (x: Double, y: Double)) {
    guard let shape = set.keypoints else { return }
    var keypoints: [Double] = []
    keypoints.reserveCapacity(3 * shape.count)
    var visible = 0
    for point in 0..<shape.count {
      let field = 5 + point * shape.dimensions
      let (x, y) = (row.values[field], row.values[field + 1])
      let isThere = shape.dimensions == 3 || x >= 0 && y >= 0 && (x > 0 || y > 0)
      let visibility = shape.dimensions == 3 ? row.values[field + 2] : isThere ? 2 : 0
      keypoints += isThere ? [x * scale.x, y * scale.y, visibility] : [0, 0, 0]
      if visibility > 0 { visible += 1 }
    }
    annotation.keypoints = keypoints
    annotation.extra["num_keypoints"] = .integer(visible)
  }

  private mutating func reject(field: Int, _ expected: String, _ file: Int) {
    reject(
      .malformedValue, "expected \(expected), found \(row.text(field, in: text.bytes))",
      row.starts[field], file)
  }

  private mutating func reject(
    _ kind: FaultKind, _ message: String, _ place: Int, _ file: Int, fixes: [Fix] = []
  ) {
    part.batch.reject(
      .annotation, kind, message, at: origin(place, file), record: row.text(in: text.bytes),
      fixes: fixes)
  }

  /// The row with blanks around it and its line's end, in bytes of the file.
  private var wholeRow: Range<Int> {
    let bytes = text.bytes
    var start = row.starts.first ?? row.end
    while start > text.start, YOLORow.isBlank(bytes[start - 1]) { start -= 1 }
    var end = row.end
    while YOLORow.isBlank(bytes[end]) { end += 1 }
    if end < text.count, bytes[end] == UInt8(ascii: "\r") { end += 1 }
    if end < text.count, bytes[end] == UInt8(ascii: "\n") { end += 1 }
    return text.offset(start)..<text.offset(end)
  }

  private func origin(_ index: Int, _ file: Int) -> Origin {
    Origin(file: file, offset: text.offset(index))
  }
}
