import COCO
internal import Glibc

/// Boxes by width and height in parts of their picture's, stronger where there are more.
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

  var note: String
  let description = "How many boxes there are of each width and height"
  /// Of a cell, a little more than its share so that no seams show.
  let side = percent(100 / Double(ExtentGrid.side) + 0.05)
  var cells: [Cell]
  let ticks: [Tick]

  /// nil where no box is on a picture of known size.
  init?(_ grid: ExtentGrid) {
    guard grid.maximum > 0 else { return nil }
    let side = ExtentGrid.side
    let full = log(1 + Double(grid.maximum))
    cells = grid.counts.enumerated().filter { $0.element > 0 }.map { index, count in
      let (row, column) = index.quotientAndRemainder(dividingBy: side)
      let opacity = 0.12 + 0.88 * log(1 + Double(count)) / full
      return Cell(
        x: percent(100 * Double(column) / Double(side)),
        y: percent(100 * Double(side - 1 - row) / Double(side)), opacity: opacity.fixed(2),
        hint: "\(Self.range(column)) wide, \(Self.range(row)) high: \(count.grouped) boxes")
    }
    ticks = stride(from: 0, through: side, by: 6).map { index in
      let place = 100 * Double(index) / Double(side)
      return Tick(
        along: percent(place), down: percent(100 - place),
        label: Self.share(ExtentGrid.edge(index)))
    }
    note = "Of boxes in parts of their image, the fullest square holds \(grid.maximum.grouped)"
  }

  private static func range(_ index: Int) -> String {
    "\(share(ExtentGrid.edge(index))) to \(share(ExtentGrid.edge(index + 1)))"
  }

  private static func share(_ part: Double) -> String {
    "\((100 * part).fixed(part < 0.1 ? 1 : 0)) %"
  }
}
