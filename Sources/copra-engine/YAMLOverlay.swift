import Console
import Yams

/// Reads what a file says over what stands already: what the file leaves out stays, and a key that
/// nobody asks for is a fault. A single value is a list of one where a list is meant.
struct YAMLOverlay: Decoder {
  let file: YAMLFile
  /// What the file says; nil where it says nothing.
  let node: Node?
  /// What stands already; nil where nothing does.
  let base: Node?
  let codingPath: [any CodingKey]
  private let asked: AskedKeys

  var userInfo: [CodingUserInfoKey: Any] { [:] }

  private init(
    _ file: YAMLFile, _ node: Node?, over base: Node?, at path: [any CodingKey],
    asked: AskedKeys = AskedKeys()
  ) {
    self.file = file
    self.node = node?.isNothing == true ? nil : node
    self.base = base
    codingPath = path
    self.asked = asked
  }

  /// A value with what the file says laid over it.
  ///
  /// - Parameter keys: what the file may hold beside the value's own keys.
  /// - Throws: a `CommandFailure`, with the place, for keys and values that mean nothing.
  static func value<Value: Codable>(
    _ value: Value, under file: YAMLFile, besides keys: Set<String>
  ) throws -> Value {
    let base = try compose(yaml: YAMLEncoder().encode(value))
    let overlay = YAMLOverlay(
      file, .mapping(file.root), over: base, at: [], asked: AskedKeys(keys))
    return try overlay.read(Value.self)
  }

  /// The decoder of what stands under a key.
  func child(_ key: some CodingKey) -> YAMLOverlay {
    let name = key.stringValue
    asked.names.insert(name)
    return YAMLOverlay(
      file, node?.mapping?[name], over: base?.mapping?[name], at: codingPath + [key])
  }

  /// The decoder of an element of a list.
  func element(_ node: Node, isGiven: Bool) -> YAMLOverlay {
    YAMLOverlay(file, isGiven ? node : nil, over: isGiven ? nil : node, at: codingPath)
  }

  func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if let type = type as? any YAMLScalar.Type {
      guard let value = try scalar(type) as? Value else { throw failure("expected a value") }
      return value
    }
    do {
      let value = try Value(from: self)
      try refuseOtherKeys()
      return value
    } catch is DecodingError {
      let names = (Value.self as? any CaseIterable.Type)?.names ?? ""
      throw failure("expected one of \(names), found \(node.found)")
    }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    if node != nil, node?.mapping == nil {
      throw failure("expected keys and values, found \(node.found)")
    }
    return KeyedDecodingContainer(KeyedOverlay<Key>(overlay: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard let given = node ?? base else { throw failure("expected a list, found nothing") }
    if given.mapping != nil { throw failure("expected a list, found keys and values") }
    return ListOverlay(
      overlay: self, nodes: given.sequence.map(Array.init) ?? [given], isGiven: node != nil)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    SingleOverlay(overlay: self)
  }

  /// What is wrong with the value, under its key.
  func failure(_ message: String) -> CommandFailure {
    let keys = codingPath.map(\.stringValue).joined(separator: ".")
    return file.failure(keys.isEmpty ? message : "\(keys): \(message)", at: node)
  }

  private func scalar<Scalar: YAMLScalar>(_ type: Scalar.Type) throws -> Scalar {
    guard let scalar = (node ?? base)?.scalar, let value = Scalar(yaml: scalar) else {
      throw failure("expected \(Scalar.meaning), found \(node.found)")
    }
    return value
  }

  private func refuseOtherKeys() throws {
    guard let mapping = node?.mapping else { return }
    for (key, _) in mapping where !asked.names.contains(key.string ?? "") {
      throw file.unknownKey(key, known: Array(asked.names))
    }
  }
}

/// The keys that a value has asked for, in however many steps.
private final class AskedKeys {
  var names: Set<String>

  init(_ names: Set<String> = []) {
    self.names = names
  }
}

extension CaseIterable {
  /// The names of all cases.
  fileprivate static var names: String {
    allCases.map { "\($0)" }.joined(separator: ", ")
  }
}
