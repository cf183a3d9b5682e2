extension Tensor {
  /// Creates a tensor on the pages of a file, which are read when its elements are. Changes in the
  /// elements do not change the file.
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

/// A tensor and its key, as a file holds them.
public struct NamedTensor: Sendable {
  /// The key of the tensor.
  public let key: String
  /// The tensor.
  public let tensor: Tensor

  /// Creates a named tensor.
  public init(_ key: String, _ tensor: Tensor) {
    self.key = key
    self.tensor = tensor
  }
}

extension SafetensorsWriter {
  /// Writes tensors in their order. The file appears only when it is complete.
  ///
  /// - Throws: A `StateError` if the file cannot be written or a key occurs twice.
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
