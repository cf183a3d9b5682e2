import Glibc

/// What a picture shows in a box and around it, in numbers that a linear model can learn from: a grid
/// of cells over the box and half its sides beyond, with the edges in each cell and how its colour
/// differs from the box'.
enum BoxLook {
  /// Cells a side: those of the box, and a quarter of all on each side of it.
  private static let cells = 8
  private static let border = cells / 4
  private static let inside = border..<(cells - border)

  /// Returns the numbers, as many for every box.
  static func features(of box: RelativeBox, in picture: PictureChannels) -> [Float] {
    let wide = box.scaled(by: Double(cells) / Double(inside.count))
    func marks(_ start: Double, _ length: Double) -> [Double] {
      (0...cells).map { start + length * Double($0) / Double(cells) }
    }
    let grid = picture.cells(
      columns: marks(wide.x0, wide.width), rows: marks(wide.y0, wide.height))
    let whole = colours(grid, columns: inside, rows: inside)
    let around = colours(around: inside, of: grid)
    var features: [Float] = []
    features.reserveCapacity(cells * cells * 3 + inside.count * inside.count * 3 + 12)
    for row in 0..<cells {
      for column in 0..<cells {
        addCell(column, row, of: grid, own: whole, to: &features)
      }
    }
    for row in inside {
      for column in inside {
        features += colours(grid, columns: column..<(column + 1), rows: row..<(row + 1))
          .map(Float.init)
      }
    }
    let differences = zip(whole, around).map { $0 - $1 }
    features += (whole + whole.map(abs) + differences + differences.map(abs)).map(Float.init)
    return features
  }

  private static func addCell(
    _ column: Int, _ row: Int, of grid: ChannelCells, own: [Double], to features: inout [Float]
  ) {
    let (columns, rows) = (column..<(column + 1), row..<(row + 1))
    let area = grid.area(columns: columns, rows: rows)
    guard area > 1e-6 else {
      features += [0, 0, 0]
      return
    }
    for channel in PictureChannels.colours..<PictureChannels.count {
      let change = grid.sum(channel, columns: columns, rows: rows) / area
      features.append(Float(log(change + 0.1)))
    }
    let colour = colours(grid, columns: columns, rows: rows)
    let distance = zip(colour, own).reduce(0) { $0 + abs($1.0 - $1.1) }
    features.append(Float(log(distance + 0.1)))
  }

  /// The mean colour of some cells; 0, the picture's own, of none.
  private static func colours(
    _ grid: ChannelCells, columns: Range<Int>, rows: Range<Int>
  ) -> [Double] {
    let area = grid.area(columns: columns, rows: rows)
    return (0..<PictureChannels.colours).map { channel in
      area > 1e-6 ? grid.sum(channel, columns: columns, rows: rows) / area : 0
    }
  }

  /// The mean colour of all cells but those inside.
  private static func colours(around inside: Range<Int>, of grid: ChannelCells) -> [Double] {
    let all = 0..<cells
    let area =
      grid.area(columns: all, rows: all) - grid.area(columns: inside, rows: inside)
    return (0..<PictureChannels.colours).map { channel in
      let sum =
        grid.sum(channel, columns: all, rows: all)
        - grid.sum(channel, columns: inside, rows: inside)
      return area > 1e-6 ? sum / area : 0
    }
  }
}
