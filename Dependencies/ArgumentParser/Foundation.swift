// Takes the place of ArgumentParser's file of this name, so that a program does not carry Foundation
// for two things: the text of an error, and the JSON of `--experimental-dump-help`.

extension Error {
  func describe() -> String { String(describing: self) }
}

enum JSONEncoder {
  /// Returns a value as JSON with sorted keys, laid out as by Foundation.
  static func encode<T: Encodable>(_ value: T) -> String {
    let tree = JSONTree()
    guard (try? tree.fill(with: value)) != nil else { return "" }
    return tree.text(indent: "")
  }
}

/// A JSON value that an `Encodable` fills.
private final class JSONTree {
  private enum Content {
    case scalar(String)
    case list([JSONTree])
    case fields([String: JSONTree])
  }

  private var content = Content.scalar("null")

  func fill(with value: some Encodable) throws {
    switch value {
    case let text as String: content = .scalar(Self.quoted(text))
    case let number as any BinaryInteger: content = .scalar("\(number)")
    case let flag as Bool: content = .scalar("\(flag)")
    default: try value.encode(to: TreeEncoder(tree: self))
    }
  }

  func beginFields() { if case .fields = content {} else { content = .fields([:]) } }

  func beginList() { if case .list = content {} else { content = .list([]) } }

  var count: Int { if case .list(let elements) = content { elements.count } else { 0 } }

  func field(_ name: String) -> JSONTree {
    guard case .fields(var fields) = content else { return JSONTree() }
    let field = JSONTree()
    fields[name] = field
    content = .fields(fields)
    return field
  }

  func element() -> JSONTree {
    guard case .list(let elements) = content else { return JSONTree() }
    let element = JSONTree()
    content = .list(elements + [element])
    return element
  }

  func text(indent: String) -> String {
    let deeper = indent + "  "
    switch content {
    case .scalar(let text): return text
    case .list(let elements):
      return Self.lines(elements.map { $0.text(indent: deeper) }, in: ("[", "]"), indent: indent)
    case .fields(let fields):
      let lines = fields.sorted { $0.key < $1.key }.map {
        "\(Self.quoted($0.key)) : \($0.value.text(indent: deeper))"
      }
      return Self.lines(lines, in: ("{", "}"), indent: indent)
    }
  }

  private static func lines(
    _ lines: [String], in brackets: (open: String, close: String), indent: String
  ) -> String {
    "\(brackets.open)\n" + lines.map { "\(indent)  \($0)" }.joined(separator: ",\n")
      + "\n\(indent)\(brackets.close)"
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\", "/": "\\\(scalar)"
      case "\n": "\\n"
      case "\r": "\\r"
      case "\t": "\\t"
      case "\u{0}"..<" ":
        "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}

private struct TreeEncoder: Encoder, SingleValueEncodingContainer {
  let tree: JSONTree
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    tree.beginFields()
    return KeyedEncodingContainer(FieldsEncoder(tree: tree))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    tree.beginList()
    return ListEncoder(tree: tree)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }
  func encodeNil() {}
  func encode<T: Encodable>(_ value: T) throws { try tree.fill(with: value) }
}

private struct FieldsEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let tree: JSONTree
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) { _ = tree.field(key.stringValue) }

  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    try tree.field(key.stringValue).fill(with: value)
  }

  func nestedContainer<NestedKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    TreeEncoder(tree: tree.field(key.stringValue)).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    TreeEncoder(tree: tree.field(key.stringValue)).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { TreeEncoder(tree: tree.field("super")) }
  func superEncoder(forKey key: Key) -> any Encoder {
    TreeEncoder(tree: tree.field(key.stringValue))
  }
}

private struct ListEncoder: UnkeyedEncodingContainer {
  let tree: JSONTree
  var codingPath: [any CodingKey] { [] }
  var count: Int { tree.count }

  func encodeNil() { _ = tree.element() }

  func encode<T: Encodable>(_ value: T) throws { try tree.element().fill(with: value) }

  func nestedContainer<NestedKey>(
    keyedBy type: NestedKey.Type
  ) -> KeyedEncodingContainer<NestedKey> {
    TreeEncoder(tree: tree.element()).container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    TreeEncoder(tree: tree.element()).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { TreeEncoder(tree: tree.element()) }
}
