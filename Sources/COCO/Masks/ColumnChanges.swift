/// The changes of an image stored row after row when it is read column after column.
///
/// Each row is compared with the row above it, in memory order and block by block; masks have few
/// changes, so nearly all blocks are skipped without examining single pixels.
enum ColumnChanges {
  /// Returns the positions (column × height + row), ascending and without 0, at which a pixel
  /// differs from the one before it in column order.
  @inline(__always)
  static func positions<Pixel>(
    in pixels: UnsafeBufferPointer<Pixel>, height: Int, width: Int,
    differ: (Pixel, Pixel) -> Bool
  ) -> [UInt32] {
    guard height > 0, width > 0 else { return [] }
    var starts = [Int](repeating: 0, count: width + 1)
    forEachChange(in: pixels, height: height, width: width, differ: differ) { column, _ in
      starts[column + 1] += 1
    }
    for column in 0..<width { starts[column + 1] += starts[column] }
    let total = starts[width]
    return [UInt32](unsafeUninitializedCapacity: total) { positions, count in
      forEachChange(in: pixels, height: height, width: width, differ: differ) { column, row in
        positions[starts[column]] = UInt32(column * height + row)
        starts[column] += 1
      }
      count = total
    }
  }

  /// Calls `body` with the column and row of each change; within a column the rows ascend.
  @inline(__always)
  private static func forEachChange<Pixel>(
    in pixels: UnsafeBufferPointer<Pixel>, height: Int, width: Int,
    differ: (Pixel, Pixel) -> Bool, body: (Int, Int) -> Void
  ) {
    guard let top = pixels.baseAddress else { return }
    let block = MemoryLayout<SIMD4<UInt64>>.size / MemoryLayout<Pixel>.stride
    let bottom = top + (height - 1) * width
    for column in 1..<width where differ(bottom[column - 1], top[column]) {
      body(column, 0)
    }
    for row in 1..<height {
      let lower = top + row * width
      let upper = lower - width
      var start = 0
      while start < width {
        let end = min(start + block, width)
        if end - start == block, haveEqualBytes(upper + start, lower + start) {
          start = end
          continue
        }
        for column in start..<end where differ(upper[column], lower[column]) {
          body(column, row)
        }
        start = end
      }
    }
  }

  /// Returns whether two blocks of 32 bytes are the same.
  @inline(__always)
  private static func haveEqualBytes<Pixel>(
    _ first: UnsafePointer<Pixel>, _ second: UnsafePointer<Pixel>
  ) -> Bool {
    UnsafeRawPointer(first).loadUnaligned(as: SIMD4<UInt64>.self)
      == UnsafeRawPointer(second).loadUnaligned(as: SIMD4<UInt64>.self)
  }
}
