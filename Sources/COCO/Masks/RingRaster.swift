/// A raster that draws one closed ring as pycocotools' `frPoly` does.
///
/// Corners are rounded to fifths of a pixel and joined by straight rows of points. Where the
/// outline passes the middle of a column (from fifth 5k + 2 to 5k + 3) it changes the value of
/// everything below in column order, from the first pixel whose middle is not above it. `frPoly`
/// makes all points and sorts the changes; here only the passages are computed, and each flips a
/// bit for its column and row, so that time and memory are bounded by the image and not by the
/// coordinates, and two changes in one place cancel.
struct RingRaster {
  private let ring: UnsafeBufferPointer<Double>
  private let height: Int
  private let width: Int
  // What the outline can reach of the picture's columns, and of its rows 0 … height.
  private var firstColumn = 0
  private var lastColumn = -1
  private var firstRow = 0
  private var lastRow = 0

  /// Creates a raster of a ring x0 y0 x1 y1 …; the last number of a ring of odd length is ignored.
  init(
    ring: UnsafeBufferPointer<Double>, height: Int, width: Int
  ) throws(MaskError) {
    _ = try RunLengthMask.pixelCount(height: height, width: width)
    self.ring = ring
    self.height = height
    self.width = width
    var (left, right) = (Double.infinity, -Double.infinity)
    var (top, bottom) = (Double.infinity, -Double.infinity)
    for index in stride(from: 1, to: ring.count, by: 2) {
      let (x, y) = (ring[index - 1], ring[index])
      guard abs(x) <= RunLengthMask.furthestCoordinate else { throw .coordinateOutOfRange(x) }
      guard abs(y) <= RunLengthMask.furthestCoordinate else { throw .coordinateOutOfRange(y) }
      (left, right) = (min(left, x), max(right, x))
      (top, bottom) = (min(top, y), max(bottom, y))
    }
    guard left <= right, height > 0 else { return }
    firstColumn = Self.columnAtOrAfter(Self.fifths(left))
    lastColumn = min(width - 1, Self.columnBefore(Self.fifths(right)))
    lastRow = height
    firstRow = row(at: Self.fifths(top))
    lastRow = row(at: Self.fifths(bottom))
  }

  /// Returns the run lengths of the ring's mask.
  func runs() -> [UInt32] {
    let total = height * width
    guard firstColumn <= lastColumn else { return [UInt32(total)] }
    return withChanges { words, changes in
      [UInt32](unsafeUninitializedCapacity: changes + 1) { runs, count in
        var previous = 0
        forEachChange(in: words) { position in
          if position == previous, count > 0 {
            // The end of one column is the start of the next: both changes are undone.
            count -= 1
            previous -= Int(runs[count])
          } else {
            runs[count] = UInt32(position - previous)
            previous = position
            count += 1
          }
        }
        if total > previous || count == 0 {
          runs[count] = UInt32(total - previous)
          count += 1
        }
      }
    }
  }

  /// Returns the number of pixels of the ring's mask, without making it.
  func area() -> Int {
    guard firstColumn <= lastColumn else { return 0 }
    return withChanges { words, _ in
      var area = 0
      var isSet = false
      forEachChange(in: words) { position in
        area += isSet ? position : -position
        isSet.toggle()
      }
      return isSet ? area + height * width : area
    }
  }

  /// Calls `body` with the changes' bits and an upper bound of their number.
  @inline(__always)
  private func withChanges<Result>(
    _ body: (UnsafeMutableBufferPointer<UInt64>, Int) -> Result
  ) -> Result {
    let capacity = (lastColumn - firstColumn + 1) * wordsPerColumn
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: capacity) { words in
      words.initialize(repeating: 0)
      var marks = 0
      var x = Self.fifths(ring[(ring.count / 2 - 1) * 2])
      var y = Self.fifths(ring[(ring.count / 2 - 1) * 2 + 1])
      for index in stride(from: 1, to: ring.count, by: 2) {
        let (nextX, nextY) = (Self.fifths(ring[index - 1]), Self.fifths(ring[index]))
        marks += mark(x, y, nextX, nextY, in: words)
        (x, y) = (nextX, nextY)
      }
      return body(words, min(marks, capacity * UInt64.bitWidth))
    }
  }

  /// Flips the bits at which one edge passes the middle of a column; returns their number.
  @inline(__always)
  private func mark(
    _ x0: Int, _ y0: Int, _ x1: Int, _ y1: Int, in words: UnsafeMutableBufferPointer<UInt64>
  ) -> Int {
    let first = max(firstColumn, Self.columnAtOrAfter(min(x0, x1)))
    let last = min(lastColumn, Self.columnBefore(max(x0, x1)))
    guard first <= last else { return 0 }
    if abs(x1 - x0) >= abs(y1 - y0) {
      let edge = x0 < x1 ? ShallowEdge(x0, y0, x1, y1) : ShallowEdge(x1, y1, x0, y0)
      for column in first...last { flip(column, edge.passage(of: 5 * column + 2), in: words) }
    } else {
      let edge = y0 < y1 ? SteepEdge(x0, y0, x1, y1) : SteepEdge(x1, y1, x0, y0)
      for column in first...last { flip(column, edge.passage(of: 5 * column + 2), in: words) }
    }
    return last - first + 1
  }

  @inline(__always)
  private func flip(_ column: Int, _ fifth: Int, in words: UnsafeMutableBufferPointer<UInt64>) {
    let offset = row(at: fifth) - firstRow
    words[(column - firstColumn) * wordsPerColumn + offset >> 6] ^= 1 << UInt64(offset & 63)
  }

  /// Calls `body` with the position in column order of each change, ascending.
  @inline(__always)
  private func forEachChange(
    in words: UnsafeMutableBufferPointer<UInt64>, body: (Int) -> Void
  ) {
    var index = 0
    for column in firstColumn...lastColumn {
      var position = column * height + firstRow
      for _ in 0..<wordsPerColumn {
        var word = words[index]
        while word != 0 {
          body(position + word.trailingZeroBitCount)
          word &= word - 1
        }
        index += 1
        position += UInt64.bitWidth
      }
    }
  }

  private var wordsPerColumn: Int { (lastRow - firstRow) >> 6 + 1 }

  /// Returns a coordinate in fifths of a pixel, rounded as a cast in C rounds, towards 0.
  @inline(__always)
  private static func fifths(_ coordinate: Double) -> Int { Int(5 * coordinate + 0.5) }

  /// Returns the first column whose middle is not left of the fifth.
  @inline(__always)
  private static func columnAtOrAfter(_ fifth: Int) -> Int { max(0, fifth + 2) / 5 }

  /// Returns the last column whose middle is left of the fifth; −1 if there is none.
  @inline(__always)
  private static func columnBefore(_ fifth: Int) -> Int { max(0, fifth + 2) / 5 - 1 }

  /// Returns the first row whose middle is not above the fifth, within the outline's reach.
  @inline(__always)
  private func row(at fifth: Int) -> Int {
    min(max(max(0, fifth + 2) / 5, firstRow), lastRow)
  }
}
