/// A small signature of an image's content: the difference of each of 24×24 cells from its
/// surroundings.
///
/// A difference hash says little about an image with much plain ground: all strokes on white paper
/// and all ultrasound fans have nearly the same one. The contrast with the ground distinguishes
/// such images, and is the same if one was scaled, saved again, or brightened.
struct DetailSignature {
  static let side = 24
  /// The number of cells that the surroundings of a cell extend to each side.
  private static let reach = 2
  /// The least luma by which some cell must stand out; less is noise.
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

  /// The signature, row after row of the image as displayed, the largest difference scaled to 127;
  /// empty if nothing stands out. It is valid once all rows were added.
  var value: [Int8] {
    let side = Self.side
    guard cells.count == side * side else { return [] }
    // Whole numbers of parts, as many for each cell: nothing is rounded before the end.
    var luma: [Int] = []
    luma.reserveCapacity(cells.count)
    for y in 0..<side {
      for x in 0..<side {
        luma.append(Int(cells[CellOrder.stored(x, y, side, side, orientation)]))
      }
    }
    let beside = Self.reachSums(luma, along: 1, across: side)
    let around = Self.reachSums(beside, along: side, across: 1)
    let covered = (2 * Self.reach + 1) * (2 * Self.reach + 1)
    let differences = zip(luma, around).map { covered * $0 - $1 }
    let largest = differences.reduce(0) { max($0, abs($1)) }
    let least = Self.leastContrast * Double(covered * reduction.area)
    guard largest > 0, Double(largest) >= least else { return [] }
    let scale = 127 / Double(largest)
    return differences.map { Int8((Double($0) * scale).rounded()) }
  }

  /// Returns the sum of each cell and those within reach of it in one direction, the outermost
  /// repeated past the edge; neighbours lie `along` cells apart in that direction and `across` in
  /// the other.
  private static func reachSums(_ cells: [Int], along: Int, across: Int) -> [Int] {
    var sums = [Int](repeating: 0, count: cells.count)
    for line in 0..<side {
      let start = line * across
      let (first, last) = (cells[start], cells[start + (side - 1) * along])
      // The sum for the place before the first one, whose reach begins a cell further out.
      var sum = (reach + 1) * first
      for ahead in 0..<reach { sum += cells[start + ahead * along] }
      for place in 0..<side {
        let (entering, leaving) = (place + reach, place - reach - 1)
        sum += entering < side ? cells[start + entering * along] : last
        sum -= leaving >= 0 ? cells[start + leaving * along] : first
        sums[start + place * along] = sum
      }
    }
    return sums
  }
}

/// The places of the cells of an image as displayed among those as stored.
enum CellOrder {
  /// Returns the position, row by row as stored, of the cell in column `x` and row `y` of an image
  /// that is displayed in `columns` × `rows` cells, by the meaning of EXIF's orientations.
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
