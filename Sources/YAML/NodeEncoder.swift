extension Node {
  /// Creates the content that a file of the properties of `value` would have: a number or flag is a
  /// plain scalar, and an absent value has no key. The nodes have no places.
  public init(encoding value: some Encodable) throws {
    let encoder = NodeEncoder([])
    try encoder.encode(value)
    self = encoder.node
  }
}

/// The encoder of a value to a node that is not finished yet.
private final class NodeEncoder: Encoder, SingleValueEncodingContainer {
  private enum Content {
    case nothing
    case scalar(Node.Scalar)
    case sequence, mapping
  }

  let codingPath: [any CodingKey]
  private var content = Content.nothing
  /// The elements of a sequence, or the values of a mapping with their keys.
  private var children: [(key: String, encoder: NodeEncoder)] = []

  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(_ codingPath: [any CodingKey]) {
    self.codingPath = codingPath
  }

  var node: Node {
    switch content {
    case .nothing: Node(.scalar(.init(string: "null", isPlain: true, isText: false)))
    case .scalar(let scalar): Node(.scalar(scalar))
    case .sequence: Node(.sequence(children.map(\.encoder.node)))
    case .mapping: Node(.mapping(.init(children.map { (Self.key($0), $1.node) })))
    }
  }

  var count: Int { children.count }

  /// Returns the encoder of what stands under a key.
  func child(_ key: any CodingKey) -> NodeEncoder {
    let child = NodeEncoder(codingPath + [key])
    children.append((key.stringValue, child))
    return child
  }

  /// Returns the encoder of a further element.
  func element() -> NodeEncoder {
    let element = NodeEncoder(codingPath)
    children.append(("", element))
    return element
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    content = .mapping
    return KeyedEncodingContainer(KeyedNodes<Key>(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    content = .sequence
    return NodeList(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() { content = .nothing }

  func encode<Value: Encodable>(_ value: Value) throws {
    switch value {
    case let text as String: set(text, isText: true)
    case let number as any BinaryFloatingPoint: set(Self.shortest(number), isText: false)
    case is any BinaryInteger, is Bool: set("\(value)", isText: false)
    default: try value.encode(to: self)
    }
  }

  private func set(_ text: String, isText: Bool) {
    content = .scalar(.init(string: text, isPlain: !isText, isText: isText))
  }

  /// Returns a number as people write it: 2 for 2.0.
  private static func shortest(_ number: any BinaryFloatingPoint) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func key(_ name: String) -> Node {
    Node(.scalar(.init(string: name, isPlain: true, isText: false)))
  }
}

/// The values of keys.
private struct KeyedNodes<Key: CodingKey>: KeyedEncodingContainerProtocol {
  /// The key of what a class inherits.
  private enum Inherited: String, CodingKey {
    case `super`
  }

  let encoder: NodeEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }

  func encodeNil(forKey key: Key) { encoder.child(key).encodeNil() }

  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    try encoder.child(key).encode(value)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    encoder.child(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    encoder.child(key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { encoder.child(Inherited.super) }

  func superEncoder(forKey key: Key) -> any Encoder { encoder.child(key) }
}

/// The elements of a list.
private struct NodeList: UnkeyedEncodingContainer {
  let encoder: NodeEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }
  var count: Int { encoder.count }

  func encodeNil() { encoder.element().encodeNil() }

  func encode<Value: Encodable>(_ value: Value) throws { try encoder.element().encode(value) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    encoder.element().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    encoder.element().unkeyedContainer()
  }

  func superEncoder() -> any Encoder { encoder.element() }
}
