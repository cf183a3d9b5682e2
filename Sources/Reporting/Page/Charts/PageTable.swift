/// A table as the page's markup wants it: a name and cells in each row.
struct PageTable {
  struct Row {
    var name: String
    var cells: [String]
    var isSum = false
  }

  /// The sentences below the heading or below the table.
  var notes: [String] = []
  var head: [String]
  var rows: [Row] = []

  mutating func add(_ name: String, _ cells: [String], isSum: Bool = false) {
    rows.append(Row(name: name, cells: cells, isSum: isSum))
  }
}

/// Returns a length for markup, to a hundredth of a percent.
func percent(_ value: Double) -> String {
  let hundredths = Int((value * 100).rounded())
  return "\(Double(hundredths) / 100)%"
}
