public import YAML

/// A decoder that overlays the values of a file on existing ones: keys absent from the file keep
/// their values, and an unknown key is a fault. A single value is read as a list of one if a list
/// is expected.
public struct YAMLOverlay: Decoder {
  let file: YAMLFile
  /// The value in the file; nil if there is none.
  let node: Node?
  /// The existing value; nil if there is none.
  let base: Node?
  /// The keys that lead to the value.
  public let codingPath: [any CodingKey]
  /// The name of the value in messages, before the keys that lead to a part of it.
  private let title: String
  private let spelling: KeySpelling
  private let asked: AskedKeys

  /// No information.
  public var userInfo: [CodingUserInfoKey: Any] { [:] }

  private init(
    _ file: YAMLFile, _ node: Node?, over base: Node?, at path: [any CodingKey], title: String,
    spelling: KeySpelling, asked: AskedKeys = AskedKeys()
  ) {
    self.file = file
    self.title = title
    self.spelling = spelling
    self.node = node?.isNothing == true ? nil : node
    self.base = base
    codingPath = path
    self.asked = asked
  }

  /// Returns a value overlaid with the values of the file.
  ///
  /// - Parameters:
  ///   - node: The part of the file to use; nil for all of it.
  ///   - title: The name of the value in messages; empty if its keys suffice.
  ///   - keys: The keys that the file may hold beside the value's own.
  ///   - spelling: The spelling of the names of the value's properties in the file.
  /// - Throws: A `CommandFailure`, with the place, for unknown keys and invalid values.
  public static func value<Value: Codable>(
    _ value: Value, under file: YAMLFile, at node: Node? = nil, title: String = "",
    besides keys: Set<String> = [], spelling: KeySpelling = .asWritten
  ) throws -> Value {
    let base = try Node(encoding: value)
    let overlay = YAMLOverlay(
      file, node ?? Node(file.root), over: base, at: [], title: title, spelling: spelling,
      asked: AskedKeys(keys))
    return try overlay.read(Value.self)
  }

  /// Returns the keys that have a value, as a file writes them.
  public static func keys(of value: some Codable) throws -> Set<String> {
    Set(try Node(encoding: value).mapping?.keys.compactMap(\.string) ?? [])
  }

  /// Returns the decoder of the value under a key.
  func child(_ key: some CodingKey) -> YAMLOverlay {
    let name = spelling.spell(key.stringValue)
    asked.names.insert(name)
    return YAMLOverlay(
      file, node?.mapping?[name], over: base?.mapping?[key.stringValue], at: codingPath + [key],
      title: title, spelling: spelling)
  }

  /// Returns the decoder of an element of a list.
  func element(_ node: Node, isGiven: Bool) -> YAMLOverlay {
    YAMLOverlay(
      file, isGiven ? node : nil, over: isGiven ? nil : node, at: codingPath,
      title: title, spelling: spelling)
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

  /// Returns a container of the value's keys; throws a `CommandFailure` if the file has no mapping
  /// here.
  public func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<
    Key
  > {
    if node != nil, node?.mapping == nil {
      throw failure("expected keys and values, found \(node.found)")
    }
    return KeyedDecodingContainer(KeyedOverlay<Key>(overlay: self))
  }

  /// Returns a container of the value's elements; throws a `CommandFailure` if the file has no list
  /// or single value here.
  public func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard let given = node ?? base else { throw failure("expected a list, found nothing") }
    if given.mapping != nil { throw failure("expected a list, found keys and values") }
    if let list = PythonTuple(node)?.asList {
      throw failure("expected a list, found \(node.found): write \(list)")
    }
    return ListOverlay(
      overlay: self, nodes: given.sequence ?? [given], isGiven: node != nil)
  }

  /// Returns a container of a single value, which is checked when it is decoded.
  public func singleValueContainer() throws -> any SingleValueDecodingContainer {
    SingleOverlay(overlay: self)
  }

  /// Returns a failure of the value, under its key.
  func failure(_ message: String) -> CommandFailure {
    let names = codingPath.map { spelling.spell($0.stringValue) }
    let keys = ((title.isEmpty ? [] : [title]) + names).joined(separator: ".")
    let isNamed = keys.isEmpty || !file.hasPlaces
    return file.failure(isNamed ? message : "\(keys): \(message)", at: node)
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
      throw file.unknownKey(key, known: Array(asked.names), in: title)
    }
  }
}

/// The spelling of the names of a value's properties in a file.
public enum KeySpelling: Sendable {
  /// The names are those of the coding keys.
  case asWritten
  /// The names are in kebab case: `edgeTolerance` is `edge-tolerance`.
  case kebabCase

  /// Returns the name as it is in the file.
  public func spell(_ name: String) -> String {
    guard self == .kebabCase else { return name }
    return name.reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : String($1) }
  }
}

/// The keys that a value has requested, in any number of steps.
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
