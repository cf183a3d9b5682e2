import COCO
import Files
import Glibc

/// One VOC file's elements, read as annotations.
struct VOCAnnotation {
  let document: XMLDocument
  let source: Int
  let pixels: ImportOptions.VOCPixels
  let difficult: ImportOptions.Difficult
  let attributes: VOCAttributes
  /// The fault that ended the file early; nil if there is none.
  let fault: XMLFault?
  /// The name of objects without one, if the user gives one name for all.
  let onlyName: String?

  /// The place at which the image is named.
  var origin: Origin {
    origin(document.child("filename", of: 0) ?? 0)
  }

  func pictureClaim(xmlPath: String) -> VOCPictureFinder.Claim {
    let fileName = document.child("filename", of: 0).map(document.text) ?? ""
    let size = document.child("size", of: 0)
    return VOCPictureFinder.Claim(
      fileName: fileName, stem: Path.withoutExtension(Path.name(of: xmlPath)), xmlPath: xmlPath,
      origin: origin, size: size.flatMap(imageSize), sizeOrigin: size.map(origin))
  }

  /// Reports repeated names and sizes of the image, of which only the first is used.
  func tellRepeated(_ batch: inout PictureBatch) {
    for name in ["filename", "size"] as [StaticString] {
      for element in document.repeated(name, in: 0) {
        batch.find(
          .malformedValue, severity: .warning,
          "expected one <\(name)>, found another one, which is left out", at: origin(element))
      }
    }
  }

  /// Returns `<size>` in whole pixels, also if it is written as `640.0`.
  private func imageSize(_ element: Int) -> ImageSize? {
    guard let width = document.child("width", of: element).flatMap(number),
      let height = document.child("height", of: element).flatMap(number),
      let wholeWidth = Int(exactly: width.rounded()),
      let wholeHeight = Int(exactly: height.rounded())
    else { return nil }
    return ImageSize(width: wholeWidth, height: wholeHeight)
  }

  /// Returns all members on the image beyond its name and size; the number of channels only if it
  /// is not the usual one.
  func imageExtra() -> JSONObject {
    var extra = attributes.members(of: 0, in: document) {
      document.isNamed($0, "object") || document.isNamed($0, "filename")
        || document.isNamed($0, "size")
    }
    if let depth = depth(), depth != 3 { extra["depth"] = .integer(depth) }
    return extra
  }

  private func depth() -> Int? {
    document.child("size", of: 0).flatMap { document.child("depth", of: $0) }
      .flatMap(number).flatMap(Int.init(exactly:))
  }

  /// The place at which the file announces a mask; nil if it does not.
  var segmentedOrigin: Origin? {
    document.child("segmented", of: 0).flatMap { isTrue($0) ? origin($0) : nil }
  }

  /// Returns the objects that could be read, and the number of all; the others are rejected, and so
  /// is every box of an object but the first, as nothing shows which of them its name and the rest
  /// refer to.
  func objects(_ batch: inout PictureBatch) -> (read: [VOCObject], count: Int) {
    var objects: [VOCObject] = []
    var (count, furtherBoxes) = (0, 0)
    document.forEachChild(of: 0) { child in
      guard document.isNamed(child, "object") else { return }
      count += 1
      do throws(VOCFault) {
        let object = try object(
          child, number: count, labels: &batch.labels, findings: &batch.findings)
        for box in document.repeated("bndbox", in: child) {
          furtherBoxes += 1
          batch.reject(
            .annotation, .malformedValue, "expected one <bndbox> in an object, found another one",
            at: origin(box), record: record(child))
        }
        if isDeleted(child) {
          batch.rejections.append(leftOut(object, .deletedObject, "marked as deleted"))
        } else if difficult == .drop, object.isDifficult {
          batch.rejections.append(
            leftOut(object, .difficultObject, "left out, as --difficult drop requests"))
        } else {
          objects.append(object)
        }
      } catch {
        batch.reject(
          .annotation, error.kind, error.message, at: place(of: error), record: record(child))
      }
    }
    batch.read.annotations += count + furtherBoxes
    return (objects, count)
  }

  /// Returns the element to blame; for an object that the file's end cut off, the end.
  private func place(of error: VOCFault) -> Origin {
    guard let fault, document.cutElements.contains(error.element) else {
      return origin(error.element)
    }
    return Origin(file: source, offset: fault.offset)
  }

  /// Returns whether LabelMe's `<deleted>` is set.
  private func isDeleted(_ object: Int) -> Bool {
    document.child("deleted", of: object).map { isTrue($0) } ?? false
  }

  private func leftOut(
    _ object: VOCObject, _ kind: FaultKind, _ reason: String
  ) -> Rejection {
    Rejection(
      .annotation, Finding(kind, reason, at: object.annotation.origin),
      record: record(object.element))
  }

  private func object(
    _ element: Int, number: Int, labels: inout LabelTable, findings: inout [Finding]
  ) throws(VOCFault) -> VOCObject {
    if document.cutElements.contains(element) {
      throw VOCFault(
        fault?.kind ?? .malformedFile, "\(fault?.message ?? "the file ends") inside an object",
        element)
    }
    let label = labels.index(of: try name(element, findings: &findings))
    let corners = try corners(element)
    var outline = try VOCPolygon.read(in: element, of: document)
    if outline == nil, corners == nil { outline = try rotatedBox(element) }
    guard corners != nil || outline != nil else {
      throw VOCFault(.missingField, "the object has no <bndbox>", element)
    }
    var annotation = Annotation(
      id: 0, imageID: 0, categoryID: label,
      segmentation: outline.map { .polygons($0) },
      origin: origin(document.child("bndbox", of: element) ?? element))
    annotation.share(attributes.ofObject(element, in: document))
    annotation.box = corners.map { box($0) } ?? outline?.extent
    let isDifficult = document.child("difficult", of: element).map { isTrue($0) } ?? false
    if isDifficult, difficult == .crowd { annotation.isCrowd = 1 }
    return VOCObject(
      annotation: annotation, corners: corners, isDifficult: isDifficult, element: element,
      number: number)
  }

  private func name(_ element: Int, findings: inout [Finding]) throws(VOCFault) -> String {
    guard let name = document.child("name", of: element) else {
      if let onlyName { return onlyName }
      throw VOCFault(
        .missingField,
        "the object has no <name>; if all objects are of one class, --categories can name it",
        element)
    }
    if let further = document.repeated("name", in: element).first {
      throw VOCFault(
        .malformedValue,
        "expected one <name> in an object, found \"\(document.text(of: name))\" and "
          + "\"\(document.text(of: further))\"", further)
    }
    let text = document.text(of: name)
    guard !text.isEmpty else { throw VOCFault(.emptyName, "<name> is empty", name) }
    if document.isPadded(name) {
      let edits = document.blanks(around: name).map { Fix.Edit.replaceText($0, with: "") }
      let fix = Fix("remove the blanks", isSafe: true, edits: edits)
      let whole = String(decoding: document.bytes(document.elements[name].text), as: UTF8.self)
      findings.append(
        Finding(
          .blankPaddedName,
          "the blanks around the name \(whole.quotedWithInvisibles) are removed",
          at: origin(name), fixes: edits.isEmpty ? [] : [fix]))
    }
    return text
  }

  /// Returns the corners as they are written, in the order that the tags give them.
  private func corners(_ element: Int) throws(VOCFault) -> VOCCorners? {
    guard let box = document.child("bndbox", of: element) else { return nil }
    if document.elements[box].end - box > 5 {
      try refuseTwo(["xmin", "ymin", "xmax", "ymax"], in: box)
    }
    return VOCCorners(
      x0: try coordinate("xmin", of: box), y0: try coordinate("ymin", of: box),
      x1: try coordinate("xmax", of: box), y1: try coordinate("ymax", of: box))
  }

  /// Returns the corners of roLabelImg's `<robndbox>`: a box around a centre, turned by an angle in
  /// radians, clockwise in the image.
  private func rotatedBox(_ element: Int) throws(VOCFault) -> Polygons? {
    guard let box = document.child("robndbox", of: element) else { return nil }
    let x = try coordinate("cx", of: box)
    let y = try coordinate("cy", of: box)
    let halfWidth = try coordinate("w", of: box) / 2
    let halfHeight = try coordinate("h", of: box) / 2
    let angle = try coordinate("angle", of: box)
    let (sine, cosine) = (sin(angle), cos(angle))
    var ring: [Double] = []
    for (right, down) in [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)] {
      ring.append(x + right * halfWidth * cosine - down * halfHeight * sine)
      ring.append(y + right * halfWidth * sine + down * halfHeight * cosine)
    }
    return Polygons([ring])
  }

  private func refuseTwo(_ names: [StaticString], in box: Int) throws(VOCFault) {
    for name in names {
      guard let further = document.repeated(name, in: box).first else { continue }
      throw VOCFault(.malformedValue, "expected one <\(name)> in a box, found two", further)
    }
  }

  private func box(_ corners: VOCCorners) -> Box {
    let shift = pixels == .oneBased ? 1.0 : 0
    return Box(x0: corners.x0 - shift, y0: corners.y0 - shift, x1: corners.x1, y1: corners.y1)
  }

  private func coordinate(_ name: StaticString, of box: Int) throws(VOCFault) -> Double {
    guard let element = document.child(name, of: box) else {
      throw VOCFault(.missingField, "the box has no <\(name)>", box)
    }
    guard let number = number(element) else {
      let text = document.text(of: element)
      throw VOCFault(
        .malformedValue,
        "<\(name)>: expected a number, found \(text.isEmpty ? "nothing" : "\"\(text)\"")", element)
    }
    return number
  }

  private func number(_ element: Int) -> Double? {
    DecimalParser.parse(document.trimmedText(of: element))
  }

  private func isTrue(_ element: Int) -> Bool {
    let text = document.trimmedText(of: element)
    // Runs for every object, of which few are difficult.
    if text.count == 1 { return text[0] == UInt8(ascii: "1") }
    return ["true", "yes", "True", "Yes"].contains(document.text(of: element))
  }

  private func origin(_ element: Int) -> Origin {
    Origin(file: source, offset: document.elements[element].offset)
  }

  /// Returns the object as it stands in the file.
  func record(_ element: Int) -> String {
    let start = document.elements[element].offset
    let next = document.elements[element].end
    let limit =
      next < document.elements.count ? document.elements[next].offset : document.bytes.count
    let text = document.source(start..<max(limit, start))
    // What follows the object stands behind its last tag, but a cut one has no such tag.
    guard let close = text.firstRange(ofBytes: "</object>") else { return text }
    return String(text[..<close.upperBound])
  }
}
