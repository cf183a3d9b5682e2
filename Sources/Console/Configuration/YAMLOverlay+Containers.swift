import YAML

/// The values of keys.
struct KeyedOverlay<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let overlay: YAMLOverlay

  var codingPath: [any CodingKey] { overlay.codingPath }
  var allKeys: [Key] {
    let given = overlay.node?.mapping?.keys.compactMap(\.string) ?? []
    let standing = overlay.base?.mapping?.keys.compactMap(\.string) ?? []
    return Set(given + standing).sorted().compactMap { Key(stringValue: $0) }
  }

  func contains(_ key: Key) -> Bool {
    let child = overlay.child(key)
    return child.node != nil || child.base != nil
  }

  func decodeNil(forKey key: Key) -> Bool { !contains(key) }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    guard contains(key) else { throw overlay.failure("expected \(key.stringValue), found nothing") }
    return try overlay.child(key).read(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try overlay.child(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try overlay.child(key).unkeyedContainer()
  }

  func superDecoder() -> any Decoder { overlay }

  func superDecoder(forKey key: Key) -> any Decoder { overlay.child(key) }
}

/// The elements of a list, which are all the file's or all those that stand already.
struct ListOverlay: UnkeyedDecodingContainer {
  let overlay: YAMLOverlay
  let nodes: [Node]
  let isGiven: Bool
  private(set) var currentIndex = 0

  init(overlay: YAMLOverlay, nodes: [Node], isGiven: Bool) {
    self.overlay = overlay
    self.nodes = nodes
    self.isGiven = isGiven
  }

  var codingPath: [any CodingKey] { overlay.codingPath }
  var count: Int? { nodes.count }
  var isAtEnd: Bool { currentIndex >= nodes.count }

  mutating func decodeNil() -> Bool { false }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try next().read(type)
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try next().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try next().unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder { try next() }

  private mutating func next() throws -> YAMLOverlay {
    guard !isAtEnd else { throw overlay.failure("expected more than \(nodes.count) values") }
    defer { currentIndex += 1 }
    return overlay.element(nodes[currentIndex], isGiven: isGiven)
  }
}

/// One value.
struct SingleOverlay: SingleValueDecodingContainer {
  let overlay: YAMLOverlay

  var codingPath: [any CodingKey] { overlay.codingPath }

  func decodeNil() -> Bool { overlay.node == nil && overlay.base == nil }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try overlay.read(type)
  }
}
