import COCO

/// The table of categories as text, the most frequent first.
enum CategoriesText {
  /// The most splits that get columns of their own.
  private static let shownSplits = 3
  private static let nameWidth = 24

  static func table(_ statistics: Statistics) -> String {
    let total = statistics.total
    guard !total.categories.isEmpty else { return "" }
    let splits =
      statistics.hasSplits && statistics.splits.count <= shownSplits ? statistics.splits : []
    let room = TextStatisticsReporter.width - build(statistics, splits: splits, bar: 0).width - 2
    return build(statistics, splits: splits, bar: room >= 6 ? min(room, 24) : 0).text
      + withoutObjects(total)
  }

  /// Returns the names of categories without objects, by name, in lines that fit.
  private static func withoutObjects(_ total: SplitStatistics) -> String {
    let names = total.categories.filter { $0.objects == 0 }.map(\.name).sorted()
    guard !names.isEmpty else { return "" }
    var lines = ["  without objects:"]
    for (index, name) in names.enumerated() {
      let word = " " + name.printable + (index == names.count - 1 ? "" : ",")
      let last = lines[lines.count - 1]
      if last.columns + word.columns <= TextStatisticsReporter.width {
        lines[lines.count - 1] = last + word
      } else {
        lines.append("   " + word)
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func build(
    _ statistics: Statistics, splits: [SplitStatistics], bar: Int
  ) -> TextTable {
    let total = statistics.total
    let ranked = statistics.rankedCategories
    let objects = total.categories.reduce(0) { $0 + $1.objects }
    let maximum = ranked.first.map { total.categories[$0].objects } ?? 0
    let numbers = [TextTable.Alignment](repeating: .right, count: 3 + splits.count)
    var table = TextTable([.left] + numbers + (bar > 0 ? [.left] : []))
    let splitNames = splits.map { ($0.name ?? "–").printable.clipped(to: 9) }
    table.add(["name", "objects", "share", "images"] + splitNames)
    for position in ranked where total.categories[position].objects > 0 {
      let category = total.categories[position]
      var cells = [
        category.name.printable.clipped(to: nameWidth), category.objects.grouped,
        category.objects.percentage(of: objects), category.images.grouped,
      ]
      cells += splits.map { $0.categories[position].objects.grouped }
      if bar > 0 { cells.append(TextBar.bar(category.objects, of: maximum, width: bar)) }
      table.add(cells)
    }
    return table
  }
}
