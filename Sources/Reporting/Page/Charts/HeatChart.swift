import COCO
internal import Glibc

/// A chart of boxes in the cells of a square, stronger where there are more.
struct HeatChart {
  struct Cell {
    var x: String
    var y: String
    var opacity: String
    var hint: String
  }

  struct Tick {
    var along: String
    var down: String
    var label: String
  }

  /// The labels at the ends of the axes.
  struct Axes {
    var along: String
    var down: String
  }

  let note: String
  let description: String
  /// The side of a cell, a little more than its share so that no seams show.
  let side: String
  let cells: [Cell]
  let ticks: [Tick]
  let axes: Axes

  /// Creates a chart of boxes by width and height in parts of their image's; nil if no box is on an
  /// image of known size.
  init?(_ grid: ExtentGrid) {
    guard grid.maximum > 0 else { return nil }
    let side = ExtentGrid.side
    cells = Self.cells(grid.counts, side: side, isFromBelow: true) { column, row, count in
      "\(Self.range(column)) wide, \(Self.range(row)) high: \(count.grouped) boxes"
    }
    ticks = stride(from: 0, through: side, by: 6).map { index in
      let place = 100 * Double(index) / Double(side)
      return Tick(
        along: percent(place), down: percent(100 - place),
        label: Self.share(ExtentGrid.edge(index)))
    }
    note = "Box sizes as shares of their image, the fullest square has \(grid.maximum.grouped)"
    description = "The number of boxes of each width and height"
    self.side = Self.length(ofCellIn: side)
    axes = Axes(along: "width, of the image’s", down: "height")
  }

  /// Creates a chart of the centres of boxes on their images; nil if no box is on an image of known
  /// size.
  init?(_ grid: CentreGrid) {
    guard grid.maximum > 0 else { return nil }
    let side = CentreGrid.side
    let step = 100 / Double(side)
    cells = Self.cells(grid.counts, side: side, isFromBelow: false) { column, row, count in
      let (across, down) = ((Double(column) + 0.5) * step, (Double(row) + 0.5) * step)
      return "\(across.fixed(0)) % across, \(down.fixed(0)) % down: \(count.grouped) boxes"
    }
    ticks = [0, 25, 50, 75, 100].map { place in
      Tick(along: percent(Double(place)), down: percent(Double(place)), label: "\(place) %")
    }
    note = "The middles of boxes in their images, the fullest square has \(grid.maximum.grouped)"
    description = "The number of boxes with their middle at each place of the image"
    self.side = Self.length(ofCellIn: side)
    axes = Axes(along: "across the image", down: "")
  }

  private static func length(ofCellIn side: Int) -> String { percent(100 / Double(side) + 0.05) }

  private static func cells(
    _ counts: [Int], side: Int, isFromBelow: Bool, hint: (Int, Int, Int) -> String
  ) -> [Cell] {
    let full = log(1 + Double(counts.max() ?? 0))
    return counts.enumerated().filter { $0.element > 0 }.map { index, count in
      let (row, column) = index.quotientAndRemainder(dividingBy: side)
      let opacity = 0.12 + 0.88 * log(1 + Double(count)) / full
      return Cell(
        x: percent(100 * Double(column) / Double(side)),
        y: percent(100 * Double(isFromBelow ? side - 1 - row : row) / Double(side)),
        opacity: opacity.fixed(2), hint: hint(column, row, count))
    }
  }

  private static func range(_ index: Int) -> String {
    "\(share(ExtentGrid.edge(index))) to \(share(ExtentGrid.edge(index + 1)))"
  }

  private static func share(_ part: Double) -> String {
    "\((100 * part).fixed(part < 0.1 ? 1 : 0)) %"
  }
}
