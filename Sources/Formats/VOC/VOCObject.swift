import COCO

/// An object of a VOC file.
struct VOCObject {
  var annotation: Annotation
  /// The corners; nil if the object has an outline only.
  var corners: VOCCorners?
  var isDifficult: Bool
  /// The index of its element in the document.
  var element: Int
  /// The number among the file's objects, from 1.
  var number: Int
}

extension XMLDocument {
  /// Whether the file ended early within an object.
  var cutsObject: Bool {
    cutElements.contains { isNamed($0, "object") }
  }
}

/// The numbers of a `<bndbox>`.
struct VOCCorners {
  var x0: Double
  var y0: Double
  var x1: Double
  var y1: Double
}

/// The reason why an object could not be read, and the element that is to blame.
struct VOCFault: Error {
  var kind: FaultKind
  var message: String
  var element: Int

  init(_ kind: FaultKind, _ message: String, _ element: Int) {
    self.kind = kind
    self.message = message
    self.element = element
  }
}

/// The `<polygon>` in the forms of LabelImg and Roboflow (`<x1>`, `<y1>`, `<x2>` …) and of LabelMe
/// (`<pt>` with `<x>` and `<y>`).
enum VOCPolygon {
  static func read(in object: Int, of document: XMLDocument) throws(VOCFault) -> Polygons? {
    // Most objects have none, and listing their elements takes an allocation each.
    guard document.child("polygon", of: object) != nil else { return nil }
    var rings: [[Double]] = []
    for polygon in document.children(of: object) where document.isNamed(polygon, "polygon") {
      let ring = try ring(polygon, of: document)
      if !ring.isEmpty { rings.append(ring) }
    }
    return rings.isEmpty ? nil : Polygons(rings)
  }

  private static func ring(
    _ polygon: Int, of document: XMLDocument
  ) throws(VOCFault) -> [Double] {
    var ring: [Double] = []
    for child in document.children(of: polygon) {
      if document.isNamed(child, "pt") {
        for name in ["x", "y"] as [StaticString] {
          guard let coordinate = document.child(name, of: child) else {
            throw VOCFault(.missingField, "the corner has no <\(name)>", child)
          }
          ring.append(try number(coordinate, of: document))
        }
      } else if isCoordinate(document.name(of: child)) {
        ring.append(try number(child, of: document))
      }
    }
    return ring
  }

  /// Returns the elements that hold the numbers of a ring that could be read, in the ring's order.
  static func coordinates(of polygon: Int, in document: XMLDocument) -> [Int] {
    document.children(of: polygon).flatMap { child in
      if document.isNamed(child, "pt") {
        return [document.child("x", of: child), document.child("y", of: child)].compactMap(\.self)
      }
      return isCoordinate(document.name(of: child)) ? [child] : []
    }
  }

  /// Returns whether an element is one of `x1`, `y1`, `x2` …
  private static func isCoordinate(_ name: String) -> Bool {
    (name.first == "x" || name.first == "y") && Int(name.dropFirst()) != nil
  }

  private static func number(
    _ element: Int, of document: XMLDocument
  ) throws(VOCFault) -> Double {
    guard let parsed = DecimalParser.parse(document.trimmedText(of: element)) else {
      throw VOCFault(
        .malformedValue,
        "<\(document.name(of: element))>: expected a number, found "
          + "\"\(document.text(of: element))\"", element)
    }
    return parsed
  }
}

/// The attributes that VOC gives an object or an image beyond COCO's keys, as JSON.
///
/// Each task needs its own.
final class VOCAttributes {
  /// The attributes made so far, by the names and texts.
  private var known = KnownAttributes()
  private var key: [UInt8] = []

  /// Returns everything within the object but its name, box and outline.
  func ofObject(_ object: Int, in document: XMLDocument) -> Annotation.SharedAttributes {
    guard fillKey(with: object, in: document) else {
      return .init(members(of: object, in: document) { isKnown($0, in: document) })
    }
    return key.withUnsafeBufferPointer { key in
      known.attributes(key) {
        members(of: object, in: document) { isKnown($0, in: document) }
      }
    }
  }

  /// Fills `key` with names and texts, and a byte between that XML cannot hold. Returns false if
  /// elements are nested.
  private func fillKey(with object: Int, in document: XMLDocument) -> Bool {
    key.removeAll(keepingCapacity: true)
    var isFlat = true
    document.forEachChild(of: object) { child in
      guard isFlat, !isKnown(child, in: document) else { return }
      isFlat = !document.hasChildren(child)
      key.append(contentsOf: document.bytes(document.elements[child].name))
      key.append(0)
      key.append(contentsOf: document.bytes(document.elements[child].text))
      key.append(0)
    }
    return isFlat
  }

  /// Returns the elements within `parent` that are not `known`, as members of an object. Elements
  /// of one name form one member, a list.
  func members(
    of parent: Int, in document: XMLDocument, except isKnown: (Int) -> Bool
  ) -> JSONObject {
    var object = JSONObject()
    object.members.reserveCapacity(6)
    document.forEachChild(of: parent) { child in
      guard !isKnown(child) else { return }
      let (name, value) = (document.name(of: child), value(of: child, in: document))
      guard let earlier = object.members.firstIndex(where: { $0.name == name }) else {
        object.members.append(.init(name: name, value: value))
        return
      }
      // No element is a list by itself.
      if case .array(let list) = object.members[earlier].value {
        object.members[earlier].value = .array(list + [value])
      } else {
        object.members[earlier].value = .array([object.members[earlier].value, value])
      }
    }
    return object
  }

  private func isKnown(_ child: Int, in document: XMLDocument) -> Bool {
    document.isNamed(child, "name") || document.isNamed(child, "bndbox")
      || document.isNamed(child, "polygon")
  }

  /// Returns a number if the text is one, and an object if there are elements within.
  private func value(of element: Int, in document: XMLDocument) -> JSONValue {
    if document.hasChildren(element) {
      return .object(members(of: element, in: document) { _ in false })
    }
    let text = document.text(of: element)
    if let integer = Int(text), String(integer) == text { return .integer(integer) }
    return .string(text)
  }
}
