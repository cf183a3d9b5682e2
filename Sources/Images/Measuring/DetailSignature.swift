/// What is on a picture, small: how each of 24×24 cells differs from its surroundings.
///
/// A difference hash says little of a picture with much plain ground: all strokes on white paper and
/// all ultrasound fans have nearly the same one. What stands out from the ground tells such pictures
/// apart, and is the same where one was scaled, saved anew, or made lighter.
struct DetailSignature {
  static let side = 24
  /// How far the surroundings of a cell reach.
  private static let reach = 2
  /// Luma by which some cell must stand out; less is noise.
  private static let leastContrast = 0.5

  private var reduction = AreaReduction()
  private var orientation = 1
  private var cells: [UInt64] = []

  mutating func start(width: Int, height: Int, orientation: Int) {
    self.orientation = orientation
    reduction.start(width: width, height: height, columns: Self.side, rows: Self.side)
    cells.removeAll(keepingCapacity: true)
  }

  mutating func add(_ row: UnsafePointer<UInt8>) {
    reduction.add(row) { cells.append(contentsOf: $0) }
  }

  /// Row after row of the picture as shown, the largest difference scaled to 127; empty where nothing
  /// stands out. To be asked for once all rows were added.
  var value: [Int8] {
    let side = Self.side
    guard cells.count == side * side else { return [] }
    let scale = 1 / Double(reduction.area)
    let luma = (0..<(side * side)).map { index in
      Double(cells[CellOrder.stored(index % side, index / side, side, side, orientation)]) * scale
    }
    let differences = (0..<(side * side)).map { index in
      luma[index] - Self.surroundings(of: index % side, index / side, in: luma)
    }
    let largest = differences.reduce(0) { max($0, abs($1)) }
    guard largest >= Self.leastContrast else { return [] }
    return differences.map { Int8((127 * $0 / largest).rounded()) }
  }

  /// The average around a cell, the outermost cells repeated past the edge.
  private static func surroundings(of x: Int, _ y: Int, in luma: [Double]) -> Double {
    var sum = 0.0
    for row in (y - reach)...(y + reach) {
      for column in (x - reach)...(x + reach) {
        sum += luma[min(max(row, 0), side - 1) * side + min(max(column, 0), side - 1)]
      }
    }
    return sum / Double((2 * reach + 1) * (2 * reach + 1))
  }
}

/// Where the cells of a picture as shown stand among those as stored.
enum CellOrder {
  /// The position, row by row as stored, of the cell in column `x` and row `y` of a picture that is
  /// shown in `columns` × `rows` cells, by what EXIF's orientations mean.
  static func stored(_ x: Int, _ y: Int, _ columns: Int, _ rows: Int, _ orientation: Int) -> Int {
    let (right, bottom) = (columns - 1 - x, rows - 1 - y)
    let (column, row) =
      switch orientation {
      case 2: (right, y)
      case 3: (right, bottom)
      case 4: (x, bottom)
      case 5: (y, x)
      case 6: (y, right)
      case 7: (bottom, right)
      case 8: (bottom, x)
      default: (x, y)
      }
    return row * (orientation >= 5 ? rows : columns) + column
  }
}
