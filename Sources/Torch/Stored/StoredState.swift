/// The parameters and buffers of a model by their keys, as a file holds them.
public struct StoredState: Sendable {
  /// A tensor of a file and its key.
  public struct Entry: Sendable {
    /// The key of the tensor.
    public let key: String
    /// The tensor in the file.
    public let tensor: StoredTensor
  }

  /// The tensors in the order of the file's own list, each key once.
  public let entries: [Entry]
  /// The `__metadata__` of a safetensors file.
  public let metadata: [String: String]
  private let positions: [String: Int]

  private init(entries: [Entry], metadata: [String: String], positions: [String: Int]) {
    self.entries = entries
    self.metadata = metadata
    self.positions = positions
  }

  /// Creates a state of entries.
  ///
  /// - Throws: A `StateError` if two entries have the same key.
  init(_ entries: [Entry], metadata: [String: String] = [:], path: String) throws(StateError) {
    var positions: [String: Int] = [:]
    for (position, entry) in entries.enumerated() {
      guard positions.updateValue(position, forKey: entry.key) == nil else {
        throw StateError(path, key: entry.key, "expected each key once, found it twice")
      }
    }
    self.init(entries: entries, metadata: metadata, positions: positions)
  }

  /// Returns the same tensors under other keys, which have to be distinct; tensors for which
  /// `newKey` returns nil are left out.
  public func renamed(_ newKey: (_ key: String) -> String?) -> StoredState {
    let entries = entries.compactMap { entry in
      newKey(entry.key).map { Entry(key: $0, tensor: entry.tensor) }
    }
    let positions = Dictionary(entries.enumerated().map { ($1.key, $0) }) { first, _ in first }
    return StoredState(entries: entries, metadata: metadata, positions: positions)
  }

  /// Returns the tensors whose keys begin with a prefix, without it, such as a checkpoint's model
  /// under `model.`.
  public func part(under prefix: String) -> StoredState {
    renamed { key in key.hasPrefix(prefix) ? String(key.dropFirst(prefix.count)) : nil }
  }

  /// Returns the tensor with a key; nil if the file does not have it.
  public subscript(key: String) -> StoredTensor? {
    positions[key].map { entries[$0].tensor }
  }

  /// The keys and shapes, for a comparison with a model.
  public var shapes: [KeyedShape] {
    entries.map { KeyedShape($0.key, $0.tensor.shape) }
  }
}
