/// A table of cells in columns for a terminal, with two blanks between them.
struct TextTable {
  enum Alignment {
    case left, right
  }

  private enum Row {
    case cells([String])
    case rule
  }

  private let alignments: [Alignment]
  private let indentation: String
  private var rows: [Row] = []

  init(_ alignments: [Alignment], indentation: Int = 2) {
    self.alignments = alignments
    self.indentation = String(repeating: " ", count: indentation)
  }

  /// Adds a row; cells that are left out are empty.
  mutating func add(_ cells: [String]) {
    rows.append(.cells(cells))
  }

  mutating func add(_ cells: String...) {
    add(cells)
  }

  /// Adds a line across the columns, as before a total.
  mutating func addRule() {
    rows.append(.rule)
  }

  /// The number of terminal columns of the widest row.
  var width: Int {
    let widths = widths
    return indentation.count + widths.reduce(0, +) + 2 * max(widths.count - 1, 0)
  }

  /// A line each, without blanks at the end.
  var text: String {
    let widths = widths
    return rows.map { line($0, widths: widths) + "\n" }.joined()
  }

  private var widths: [Int] {
    var widths = [Int](repeating: 0, count: alignments.count)
    for case .cells(let cells) in rows {
      for (index, cell) in cells.enumerated() { widths[index] = max(widths[index], cell.columns) }
    }
    return widths
  }

  private func line(_ row: Row, widths: [Int]) -> String {
    switch row {
    case .rule:
      let length = widths.reduce(0, +) + 2 * max(widths.count - 1, 0)
      return indentation + String(repeating: "─", count: length)
    case .cells(let cells):
      let set = cells.enumerated().map { index, cell in
        switch alignments[index] {
        case .left: cell.padded(to: widths[index])
        case .right: cell.aligned(to: widths[index])
        }
      }
      let line = indentation + set.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}

/// Bars of Unicode blocks, to an eighth of a column.
enum TextBar {
  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// Returns a bar, which has `width` columns if `value` is `maximum`. A value above 0 is always
  /// visible.
  static func bar(_ value: Int, of maximum: Int, width: Int) -> String {
    guard value > 0, maximum > 0 else { return "" }
    let share = min(Double(value) / Double(maximum), 1)
    let length = max(Int((share * Double(width * 8)).rounded()), 1)
    return String(repeating: "█", count: length / 8) + eighths[length % 8]
  }
}
