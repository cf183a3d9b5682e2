import COCO

/// What VOC says of an object or a picture beyond what COCO has keys for, as JSON.
///
/// One object after the other often says the same, so the last one's attributes are kept and used
/// again where every byte is alike. One task's own.
final class VOCAttributes {
  private var lastNames: [Range<Int>] = []
  private var lastTexts: [Range<Int>] = []
  private var lastBytes: [UInt8] = []
  private var last = JSONObject()

  /// Everything within the object but its name, box and outline.
  func ofObject(_ object: Int, in document: XMLDocument) -> JSONObject {
    if isLikeLast(object, in: document) { return last }
    last = members(of: object, in: document) { isKnown($0, in: document) }
    remember(object, in: document)
    return last
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

  private func isLikeLast(_ object: Int, in document: XMLDocument) -> Bool {
    var index = 0
    var isAlike = true
    document.forEachChild(of: object) { child in
      guard isAlike, !isKnown(child, in: document) else { return }
      isAlike =
        !document.hasChildren(child) && index < lastNames.count
        && document.elements[child].name.count == lastNames[index].count
        && document.elements[child].text.count == lastTexts[index].count
        && isAlikeBytes(document.elements[child].name, lastNames[index], in: document)
        && isAlikeBytes(document.elements[child].text, lastTexts[index], in: document)
      index += 1
    }
    return isAlike && index == lastNames.count
  }

  private func isAlikeBytes(_ range: Range<Int>, _ last: Range<Int>, in document: XMLDocument)
    -> Bool
  {
    for offset in 0..<range.count
    where document.buffer[range.lowerBound + offset] != lastBytes[last.lowerBound + offset] {
      return false
    }
    return true
  }

  /// Objects with elements within elements are not remembered.
  private func remember(_ object: Int, in document: XMLDocument) {
    lastNames.removeAll(keepingCapacity: true)
    lastTexts.removeAll(keepingCapacity: true)
    lastBytes.removeAll(keepingCapacity: true)
    var isFlat = true
    document.forEachChild(of: object) { child in
      guard !isKnown(child, in: document) else { return }
      if document.hasChildren(child) { isFlat = false }
      lastNames.append(add(document.elements[child].name, of: document))
      lastTexts.append(add(document.elements[child].text, of: document))
    }
    // A range that no document has, so that nothing is like it.
    if !isFlat { lastNames.append(0..<0) }
  }

  private func add(_ range: Range<Int>, of document: XMLDocument) -> Range<Int> {
    let start = lastBytes.count
    lastBytes.append(contentsOf: document.buffer[range])
    return start..<lastBytes.count
  }
}
