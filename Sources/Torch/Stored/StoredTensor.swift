public import Files

/// A tensor as it stands in a file: nothing is copied until someone asks for its bytes.
public struct StoredTensor: Sendable {
  public let dtype: DType
  /// Where the elements stand.
  let layout: TensorLayout
  /// Keeps the bytes in memory.
  public let file: MappedFile
  /// Bytes from the start of the file to the first element.
  public let offset: Int

  /// Elements a dimension; empty for a scalar.
  public var shape: [Int] { layout.shape }

  /// Elements from one index to the next, a dimension each, as PyTorch counts them.
  public var strides: [Int] { layout.strides }

  /// Elements; 1 for a scalar.
  public var count: Int { layout.count }

  /// Whether the elements stand one after another in the order of their indices.
  public var isContiguous: Bool { layout.isContiguous }

  /// Whether the first element stands at a multiple of its size in memory. Files of other writers,
  /// and PyTorch's own before 1.6, do not see to that; a library that counts on it needs a copy.
  public var isAligned: Bool { UInt(bitPattern: start) % UInt(dtype.size) == 0 }

  /// The first element; valid for as long as `file` lives.
  public var start: UnsafeMutableRawPointer { file.pointer(at: offset) }

  /// The bytes in the file from the first element to the last, with the gaps between them.
  public var byteRange: Range<Int> { offset..<offset + layout.reach * dtype.size }

  /// A tensor whose first element stands `firstElement` elements into the bytes of `storage`.
  ///
  /// - Throws: A `StateError` with the key where the storage ends before the tensor does.
  init(
    _ dtype: DType, _ layout: TensorLayout, firstElement: Int, storage: Range<Int>,
    file: MappedFile, key: String
  ) throws(StateError) {
    let held = storage.count / dtype.size
    guard firstElement >= 0 else {
      throw StateError(
        file.path, key: key, "expected an offset of 0 or more, found \(firstElement)")
    }
    // An empty tensor may stand anywhere, also in an empty storage.
    let first = layout.count == 0 ? min(firstElement, held) : firstElement
    guard first <= held, layout.reach <= held - first else {
      throw StateError(
        file.path, key: key,
        "shape \(layout.shape) with strides \(layout.strides) from element \(firstElement) on"
          + " reaches beyond its storage of \(held) elements")
    }
    self.dtype = dtype
    self.layout = layout
    self.file = file
    offset = storage.lowerBound + first * dtype.size
  }
}

extension StoredTensor {
  /// Lends the elements in the order of their indices, `count` times the element's size in bytes:
  /// where they stand, or gathered into a copy if they do not stand one after another.
  public func withContiguousBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    if isContiguous { return try file.withUnsafeBytes(in: byteRange, body) }
    return try gathered().withUnsafeBytes(body)
  }

  private func gathered() -> [UInt8] {
    let size = dtype.size
    return file.withUnsafeBytes(in: byteRange) { source in
      [UInt8](unsafeUninitializedCapacity: count * size) { target, filled in
        let target = UnsafeMutableRawBufferPointer(target)
        var index = [Int](repeating: 0, count: shape.count)
        var element = 0
        for place in 0..<count {
          let bytes = source[element * size..<(element + 1) * size]
          target[place * size..<(place + 1) * size].copyBytes(from: bytes)
          step(&index, &element)
        }
        filled = count * size
      }
    }
  }

  /// Steps to the next index, the last dimension fastest, and to the element that stands there.
  private func step(_ index: inout [Int], _ element: inout Int) {
    for dimension in shape.indices.reversed() {
      index[dimension] += 1
      element += strides[dimension]
      if index[dimension] < shape[dimension] { return }
      element -= strides[dimension] * shape[dimension]
      index[dimension] = 0
    }
  }
}
