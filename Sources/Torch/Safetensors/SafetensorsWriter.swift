import Files

/// The writer of the safetensors format: the same entries give the same bytes.
public enum SafetensorsWriter {
  /// A tensor to write.
  public struct Entry {
    /// The key of the tensor.
    public let key: String
    /// The type of the elements.
    public let dtype: DType
    /// The shape of the tensor.
    public let shape: [Int]
    fileprivate let lend: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void

    /// Creates an entry.
    ///
    /// - Parameters:
    ///   - key: The key of the tensor.
    ///   - dtype: The type of the elements.
    ///   - shape: The shape of the tensor.
    ///   - lend: Passes all elements in row-major order, little-endian, in one piece or
    ///     several; it is called once, when the entry is written.
    public init(
      _ key: String, _ dtype: DType, _ shape: [Int],
      lend: @escaping ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
    ) {
      self.key = key
      self.dtype = dtype
      self.shape = shape
      self.lend = lend
    }

    /// Creates an entry from a tensor of another file.
    public init(_ key: String, _ tensor: StoredTensor) {
      self.init(key, tensor.dtype, tensor.shape) { try tensor.withContiguousBytes($0) }
    }
  }

  /// Writes the entries in their order. The file appears when it is complete; until then the old
  /// one remains.
  ///
  /// - Throws: A `StateError` if the file cannot be written, if a key occurs twice or is
  ///   `__metadata__`, or if an entry passes another number of bytes than its shape has; and any
  ///   error that an entry throws.
  public static func write(
    _ entries: [Entry], metadata: [String: String] = [:], to path: String
  ) throws {
    var sizes: [Int] = []
    for entry in entries {
      let layout = try TensorLayout(shape: entry.shape, path: path, key: entry.key)
      sizes.append(layout.count * entry.dtype.size)
    }
    let header = try header(entries, sizes, metadata, path)
    do {
      let file = try OutputFile(path)
      try file.write(header)
      for (entry, size) in zip(entries, sizes) { try write(entry, size, to: file) }
      try file.commit()
    } catch let error as FileError {
      throw StateError(error)
    }
  }

  /// Writes the bytes of one entry, `size` of them.
  private static func write(_ entry: Entry, _ size: Int, to file: OutputFile) throws {
    var written = 0
    try entry.lend { bytes in
      written += bytes.count
      try file.write(bytes)
    }
    guard written == size else {
      throw StateError(
        file.path, key: entry.key,
        "expected \(size) bytes for shape \(entry.shape), was handed \(written)")
    }
  }

  /// Returns the length and the text, padded with spaces so that the data starts at a multiple of
  /// 8.
  private static func header(
    _ entries: [Entry], _ sizes: [Int], _ metadata: [String: String], _ path: String
  ) throws(StateError) -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }
        .map { "\(quoted($0.key)):\(quoted($0.value))" }
      members.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
    }
    var keys: Set = ["__metadata__"]
    var start = 0
    for (entry, size) in zip(entries, sizes) {
      guard keys.insert(entry.key).inserted else {
        throw StateError(path, key: entry.key, "expected a key that is not taken yet")
      }
      let (end, overflows) = start.addingReportingOverflow(size)
      guard !overflows else { throw StateError(path, key: entry.key, "expected less data") }
      let shape = entry.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(quoted(entry.key)):{\"dtype\":\"\(entry.dtype.safetensorsName)\","
          + "\"shape\":[\(shape)],\"data_offsets\":[\(start),\(end)]}")
      start = end
    }
    var text = Array("{\(members.joined(separator: ","))}".utf8)
    while text.count % 8 != 0 { text.append(UInt8(ascii: " ")) }
    return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
