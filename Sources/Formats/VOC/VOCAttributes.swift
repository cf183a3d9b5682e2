import COCO

/// What VOC says of an object or a picture beyond what COCO has keys for, as JSON.
///
/// One task's own.
final class VOCAttributes {
  /// What was made, by the names and texts.
  private var known = KnownAttributes()
  private var key: [UInt8] = []

  /// Everything within the object but its name, box and outline.
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

  /// Names and texts with a byte between that XML cannot hold; false where elements are nested.
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

  /// The elements within `parent` that are not `known`, as members of an object.
  func members(
    of parent: Int, in document: XMLDocument, except isKnown: (Int) -> Bool
  ) -> JSONObject {
    var object = JSONObject()
    object.members.reserveCapacity(6)
    document.forEachChild(of: parent) { child in
      guard !isKnown(child) else { return }
      object.members.append(
        .init(name: document.name(of: child), value: value(of: child, in: document)))
    }
    return object
  }

  private func isKnown(_ child: Int, in document: XMLDocument) -> Bool {
    document.isNamed(child, "name") || document.isNamed(child, "bndbox")
      || document.isNamed(child, "polygon")
  }

  /// A number where the text is one, an object where there are elements within.
  private func value(of element: Int, in document: XMLDocument) -> JSONValue {
    if document.hasChildren(element) {
      return .object(members(of: element, in: document) { _ in false })
    }
    let text = document.text(of: element)
    if let integer = Int(text), String(integer) == text { return .integer(integer) }
    return .string(text)
  }
}
