extension Tensor {
  /// The tensor of a file, on the file's own pages: they are read when the numbers are. Whoever
  /// changes the numbers does not change the file.
  public init(_ stored: StoredTensor) {
    guard stored.isAligned else {
      self = stored.withContiguousBytes {
        Tensor(copying: $0, shape: stored.shape, dtype: stored.dtype)
      }
      return
    }
    self.init(
      borrowing: stored.start, shape: stored.shape, strides: stored.strides, dtype: stored.dtype,
      owner: stored.file)
  }
}

/// Named tensors, as a file holds them.
public struct NamedTensor: Sendable {
  public let key: String
  public let tensor: Tensor

  public init(_ key: String, _ tensor: Tensor) {
    self.key = key
    self.tensor = tensor
  }
}

extension SafetensorsWriter {
  /// Writes tensors in their order; the file appears when it is whole.
  ///
  /// - Throws: A `StateError` where the disk refuses or a key stands twice.
  public static func write(
    _ tensors: [NamedTensor], metadata: [String: String] = [:], to path: String
  ) throws {
    let entries = tensors.map { named in
      Entry(named.key, named.tensor.dtype, named.tensor.shape) { body in
        try named.tensor.withUnsafeBytes { try body($0) }
      }
    }
    try write(entries, metadata: metadata, to: path)
  }
}
