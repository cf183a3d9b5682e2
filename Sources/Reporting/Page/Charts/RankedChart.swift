import COCO

/// Horizontal bars, the longest first.
struct RankedChart {
  struct Bar {
    var y: Int
    var width: String
    var label: String
    var name: String
    var value: String
    var hint: String
  }

  private static let rowHeight = 25
  private static let shownRows = 25
  private static let labelWidth = 16

  var note: String
  var description: String
  var height: Int
  var bars: [Bar]

  /// Creates a chart; nil if there are no objects.
  init?(_ statistics: Statistics) {
    let ranked = statistics.rankedCategories.map { statistics.total.categories[$0] }
      .filter { $0.objects > 0 }
    guard let first = ranked.first else { return nil }
    let maximum = max(first.objects, 1)
    bars = ranked.prefix(Self.shownRows).enumerated().map { row, category in
      let objects = category.objects.grouped
      return Bar(
        y: row * Self.rowHeight, width: percent(100 * Double(category.objects) / Double(maximum)),
        label: category.name.clipped(to: Self.labelWidth), name: category.name, value: objects,
        hint: "\(category.name): \(objects) objects on \(category.images.grouped) images")
    }
    height = bars.count * Self.rowHeight - 8
    note =
      ranked.count > Self.shownRows
      ? "Objects of the \(Self.shownRows) most frequent categories of \(ranked.count.grouped)"
      : "Objects of each category"
    description = note
  }
}
