import Files

/// A model's parameters and buffers by their keys, as they stand in a file.
public struct StoredState: Sendable {
  public struct Entry: Sendable {
    public let key: String
    public let tensor: StoredTensor
  }

  /// In the order of the file's own list; no key twice.
  public let entries: [Entry]
  /// What a safetensors file says of itself under `__metadata__`.
  public let metadata: [String: String]
  private let positions: [String: Int]

  /// Reads a `.safetensors` file or a PyTorch checkpoint (`.pth`), told apart by their first bytes.
  /// The tensors' own bytes are mapped and not read.
  ///
  /// - Throws: A `StateError` with the file and, where it is one tensor's fault, the key.
  public init(contentsOf path: String) throws(StateError) {
    let file: MappedFile
    do {
      file = try MappedFile(path)
    } catch {
      throw StateError(error)
    }
    switch try StateFormat(of: file) {
    case .safetensors: self = try SafetensorsReader.read(file)
    case .zippedCheckpoint: self = try ZippedCheckpoint.read(file)
    case .legacyCheckpoint: self = try LegacyCheckpoint.read(file)
    }
  }

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

/// The formats of files of tensors.
enum StateFormat {
  case safetensors
  /// PyTorch 1.6 and later.
  case zippedCheckpoint
  /// PyTorch before 1.6: pickles, then bytes.
  case legacyCheckpoint

  private static let zipSignature: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

  /// - Throws: A `StateError` where the first bytes are those of none of them.
  init(of file: MappedFile) throws(StateError) {
    let start = file.withUnsafeBytes(in: 0..<min(file.count, 9)) { Array($0) }
    if start.starts(with: Self.zipSignature) {
      self = .zippedCheckpoint
    } else if start[0] == PickleOpcode.proto.rawValue, start.count > 1, start[1] <= 5 {
      self = .legacyCheckpoint
    } else if start.last == UInt8(ascii: "{") || file.path.hasSuffix(".safetensors") {
      self = .safetensors
    } else {
      let bytes = start.prefix(4).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
      throw StateError(
        file.path,
        "expected a safetensors file or a checkpoint of pytorch, found one that starts with the bytes"
          + " \(bytes.joined(separator: " "))")
    }
  }
}
