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

  /// To the next index, the last dimension fastest, and the element that stands there.
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
