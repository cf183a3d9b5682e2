/// A reduction of rows of 8-bit samples to a grid of cells of equal area, each the exact sum of its
/// pixels, partial ones included.
///
/// A pixel is divided into `columns` × `rows` parts, so that every cell covers `width` × `height`
/// of them: all numbers are whole, and the sums are the same for an image that is turned or
/// mirrored.
struct AreaReduction {
  /// The most source rows, so that 255 of every one of them add up within 32 bits.
  static let maximumHeight = 1 << 24

  private(set) var columns = 0
  private var rows = 0
  private var height = 0
  /// A column's samples, each times its share in the current row of cells; one more than there are,
  /// which stays 0.
  private var columnSums: [UInt32] = []
  /// The sum of the columns before each.
  private var sumsBefore: [UInt64] = []
  /// The start of each cell, and the end of the last one: whole pixels and parts of one.
  private var edges: [(pixel: Int, part: UInt64)] = []
  private var sums: [UInt64] = []
  /// The parts of a row that the current row of cells still lacks.
  private var lacking = 0
  private var isFresh = true

  /// The divisor that makes a cell's sum an average.
  var area: Int { height * (columnSums.count - 1) }

  /// Restarts with an image of `width` × `height` pixels, both at least 1.
  mutating func start(width: Int, height: Int, columns: Int, rows: Int) {
    (self.columns, self.rows, self.height) = (columns, rows, height)
    columnSums = Self.resized(columnSums, to: width + 1)
    columnSums[width] = 0
    sumsBefore = Self.resized(sumsBefore, to: width + 1)
    sums = Self.resized(sums, to: columns)
    edges.removeAll(keepingCapacity: true)
    for cell in 0...columns {
      let (pixel, part) = (cell * width).quotientAndRemainder(dividingBy: columns)
      edges.append((pixel, UInt64(part)))
    }
    lacking = height
    isFresh = true
  }

  private static func resized<Number: FixedWidthInteger>(
    _ numbers: [Number], to count: Int
  ) -> [Number] {
    numbers.count == count ? numbers : [Number](repeating: 0, count: count)
  }

  /// Adds the next row; `finish` gets each row of cells that it completes, valid for the call.
  mutating func add(
    _ row: UnsafePointer<UInt8>, finish: (UnsafeBufferPointer<UInt64>) -> Void
  ) {
    var left = rows
    while left > 0 {
      let share = min(left, lacking)
      accumulate(row, share: UInt16(share))
      left -= share
      lacking -= share
      if lacking == 0 {
        sumCells()
        sums.withUnsafeBufferPointer(finish)
        lacking = height
        isFresh = true
      }
    }
  }

  private mutating func accumulate(_ row: UnsafePointer<UInt8>, share: UInt16) {
    // At most 256 rows of cells: the product has 16 bits, which are multiplied many at a time.
    let isFresh = isFresh
    columnSums.withUnsafeMutableBufferPointer { target in
      let count = target.count - 1
      if isFresh {
        for x in 0..<count { target[x] = UInt32(UInt16(row[x]) &* share) }
      } else {
        for x in 0..<count { target[x] &+= UInt32(UInt16(row[x]) &* share) }
      }
    }
    self.isFresh = false
  }

  /// Computes each cell as the sum before its end minus the sum before its start.
  private mutating func sumCells() {
    let scale = UInt64(columns)
    columnSums.withUnsafeBufferPointer { columnSums in
      sumsBefore.withUnsafeMutableBufferPointer { sumsBefore in
        var sum: UInt64 = 0
        for x in 0..<columnSums.count {
          sumsBefore[x] = sum
          sum &+= UInt64(columnSums[x])
        }
        sums.withUnsafeMutableBufferPointer { sums in
          var before: UInt64 = 0
          for cell in 0..<sums.count {
            let (pixel, part) = edges[cell + 1]
            let after = sumsBefore[pixel] &* scale &+ UInt64(columnSums[pixel]) &* part
            sums[cell] = after &- before
            before = after
          }
        }
      }
    }
  }
}
