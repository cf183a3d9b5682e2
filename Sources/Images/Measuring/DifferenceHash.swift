/// The difference hash of an image as displayed, from rows as stored.
struct DifferenceHash {
  private static let (columns, rows) = (9, 8)

  private var reduction = AreaReduction()
  private var orientation = 1
  /// The cells row by row as stored: 8 rows of 9, or 9 of 8 if the image is turned.
  private var cells: [UInt64] = []

  mutating func start(width: Int, height: Int, orientation: Int) {
    self.orientation = orientation
    let isTurned = orientation >= 5
    reduction.start(
      width: width, height: height, columns: isTurned ? Self.rows : Self.columns,
      rows: isTurned ? Self.columns : Self.rows)
    cells.removeAll(keepingCapacity: true)
  }

  mutating func add(_ row: UnsafePointer<UInt8>) {
    reduction.add(row) { cells.append(contentsOf: $0) }
  }

  /// The hash, valid once all rows were added.
  var value: UInt64 {
    var bits: UInt64 = 0
    for y in 0..<Self.rows {
      for x in 0..<Self.columns - 1 {
        bits = bits << 1 | (cell(x, y) < cell(x + 1, y) ? 1 : 0)
      }
    }
    return bits
  }

  /// Returns the cell in column `x` and row `y` as displayed.
  private func cell(_ x: Int, _ y: Int) -> UInt64 {
    cells[CellOrder.stored(x, y, Self.columns, Self.rows, orientation)]
  }
}
