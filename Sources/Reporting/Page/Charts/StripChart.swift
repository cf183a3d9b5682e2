import COCO

/// One bar in parts: objects by area.
struct StripChart {
  struct Part {
    /// A class of the style sheet.
    var kind: String
    var name: String
    var x: String
    var width: String
    var value: String
    var share: String
    var hint: String
  }

  let note = "Small is below 32² pixels, large from 96², as in COCO’s evaluation"
  var description: String
  var parts: [Part]

  /// Creates a chart; nil if there are no objects.
  init?(_ sizes: SplitStatistics.Sizes) {
    let rows = [
      ("small", sizes.small), ("medium", sizes.medium), ("large", sizes.large),
      ("unknown", sizes.unknown),
    ]
    let all = rows.reduce(0) { $0 + $1.1 }
    guard all > 0 else { return nil }
    var parts: [Part] = []
    var passed = 0
    for (kind, count) in rows where count > 0 || kind != "unknown" {
      let share = count.percentage(of: all)
      parts.append(
        Part(
          kind: kind, name: kind, x: percent(100 * Double(passed) / Double(all)),
          width: percent(100 * Double(count) / Double(all)), value: count.grouped, share: share,
          hint: "\(kind): \(count.grouped) objects, \(share)"))
      passed += count
    }
    self.parts = parts
    description = parts.map(\.hint).joined(separator: "; ")
  }
}
