/// A model's parameters and buffers by their keys, as they stand in a file.
public struct StoredState: Sendable {
  public struct Entry: Sendable {
    public let key: String
    public let tensor: StoredTensor
  }

  /// The tensors in the order of the file's own list; no key twice.
  public let entries: [Entry]
  /// What a safetensors file says of itself under `__metadata__`.
  public let metadata: [String: String]
  private let positions: [String: Int]

  private init(entries: [Entry], metadata: [String: String], positions: [String: Int]) {
    self.entries = entries
    self.metadata = metadata
    self.positions = positions
  }

  /// - Throws: A `StateError` where two entries have one key.
  init(_ entries: [Entry], metadata: [String: String] = [:], path: String) throws(StateError) {
    var positions: [String: Int] = [:]
    for (position, entry) in entries.enumerated() {
      guard positions.updateValue(position, forKey: entry.key) == nil else {
        throw StateError(path, key: entry.key, "expected each key once, found it twice")
      }
    }
    self.init(entries: entries, metadata: metadata, positions: positions)
  }

  /// The same tensors by other keys, of which each is to be there once; those that get none are left
  /// out.
  public func renamed(_ newKey: (_ key: String) -> String?) -> StoredState {
    let entries = entries.compactMap { entry in
      newKey(entry.key).map { Entry(key: $0, tensor: entry.tensor) }
    }
    let positions = Dictionary(entries.enumerated().map { ($1.key, $0) }) { first, _ in first }
    return StoredState(entries: entries, metadata: metadata, positions: positions)
  }

  /// The tensors whose keys begin with a prefix, without it: `model.` gives a checkpoint's model.
  public func part(under prefix: String) -> StoredState {
    renamed { key in key.hasPrefix(prefix) ? String(key.dropFirst(prefix.count)) : nil }
  }

  /// The tensor of a key, if the file has it.
  public subscript(key: String) -> StoredTensor? {
    positions[key].map { entries[$0].tensor }
  }

  /// What is to be compared with a model's own keys.
  public var shapes: [KeyedShape] {
    entries.map { KeyedShape($0.key, $0.tensor.shape) }
  }
}
