/// The ids of a record that is left out, as far as they can be read: others refer to it, and it to
/// others, and what follows from that is no fault of theirs.
struct RejectedIDs: Sendable {
  /// An id, by its number or by the word that gets one.
  enum Name: Sendable, Equatable {
    case number(Int)
    case word(String)
  }

  let kind: Rejection.Kind
  var id: Name?
  var imageID: Name?
  var categoryID: Name?

  /// Creates the ids of a record that is JSON; none if it is no object.
  init(_ kind: Rejection.Kind, _ element: JSONNode) {
    self.kind = kind
    guard element.kind == .object else { return }
    element.forEachMember { key, value in
      if key.reads("id") {
        id = Self.name(value)
      } else if key.reads("image_id") {
        imageID = Self.name(value)
      } else if key.reads("category_id") {
        categoryID = Self.name(value)
      }
    }
  }

  /// The ids in a text that is no JSON: what stands behind the first of each name.
  init(_ kind: Rejection.Kind, scanning record: String) {
    self.kind = kind
    let text = Array(record.utf8)
    id = Self.name(behind: "\"id\"", in: text)
    imageID = Self.name(behind: "\"image_id\"", in: text)
    categoryID = Self.name(behind: "\"category_id\"", in: text)
  }

  private static func name(_ node: JSONNode) -> Name? {
    if let integer = node.integer { return .number(integer) }
    return node.idWord.map(name)
  }

  private static func name(_ word: String) -> Name {
    Int(word).map { .number($0) } ?? .word(word)
  }

  private static func name(behind key: StaticString, in text: [UInt8]) -> Name? {
    text.withUnsafeBufferPointer { text in
      let length = key.utf8CodeUnitCount
      let wanted = UnsafeBufferPointer(start: key.utf8Start, count: length)
      guard text.count > length,
        let start = (0...(text.count - length)).first(where: { offset in
          text[offset] == UInt8(ascii: "\"") && text[offset..<offset + length].elementsEqual(wanted)
        })
      else { return nil }
      let colon = JSONScanner.skipBlanks(in: text, from: start + length)
      guard colon < text.count, text[colon] == UInt8(ascii: ":") else { return nil }
      let value = JSONScanner.skipBlanks(in: text, from: colon + 1)
      guard let end = JSONScanner.scalarEnd(in: text, from: value) else { return nil }
      let isText = text[value] == UInt8(ascii: "\"")
      let inner = isText ? value + 1..<end - 1 : value..<end
      guard !inner.isEmpty else { return nil }
      return name(String(decoding: text[inner], as: UTF8.self))
    }
  }
}

extension JSONNode {
  /// The word that stands for an id: a text that is not empty, or the digits of a whole number that
  /// `Int` cannot hold.
  var idWord: String? {
    if let text = string { return text.isEmpty ? nil : text }
    return hugeInteger
  }

  /// The digits of a whole number beyond `Int`.
  var hugeInteger: String? {
    guard kind == .malformed || kind == .double, integer == nil else { return nil }
    let digits = rawBytes.first == UInt8(ascii: "-") ? rawBytes.dropFirst() : rawBytes[...]
    guard !digits.isEmpty,
      digits.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
      JSONScanner.isNumber(rawBytes)
    else { return nil }
    return raw
  }
}
