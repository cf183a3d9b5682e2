public import Files

/// A tensor in a file, whose bytes are not copied until they are requested.
public struct StoredTensor: Sendable {
  /// The type of the elements.
  public let dtype: DType
  /// The positions of the elements.
  let layout: TensorLayout
  /// The mapped file, which keeps the bytes in memory.
  public let file: MappedFile
  /// The offset of the first element from the start of the file, in bytes.
  public let offset: Int

  /// The size of each dimension; empty for a scalar.
  public var shape: [Int] { layout.shape }

  /// The number of elements between neighbours of each dimension, as in PyTorch.
  public var strides: [Int] { layout.strides }

  /// The number of elements; 1 for a scalar.
  public var count: Int { layout.count }

  /// A Boolean value that is true if the elements are adjacent in row-major order.
  public var isContiguous: Bool { layout.isContiguous }

  /// A Boolean value that is true if the first element's address is a multiple of its size. Other
  /// writers, and PyTorch before 1.6, do not ensure that; a library that relies on it needs a copy.
  public var isAligned: Bool { UInt(bitPattern: start) % UInt(dtype.size) == 0 }

  /// The address of the first element, which is valid while `file` lives.
  public var start: UnsafeMutableRawPointer { file.pointer(at: offset) }

  /// The bytes in the file from the first element to the last, gaps included.
  public var byteRange: Range<Int> { offset..<offset + layout.reach * dtype.size }

  /// Creates a tensor whose first element is `firstElement` elements into the bytes of `storage`.
  ///
  /// - Throws: A `StateError` with the key if the storage ends before the tensor does.
  init(
    _ dtype: DType, _ layout: TensorLayout, firstElement: Int, storage: Range<Int>,
    file: MappedFile, key: String
  ) throws(StateError) {
    let held = storage.count / dtype.size
    guard firstElement >= 0 else {
      throw StateError(
        file.path, key: key, "expected an offset of 0 and more, found \(firstElement)")
    }
    // An empty tensor may start anywhere, even in an empty storage.
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
  /// Calls the body with the elements in row-major order, `count` times the element's size in
  /// bytes: in place, or gathered into a copy if they are not adjacent.
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

  /// Advances to the next index, the last dimension fastest, and to its element.
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
