import COCO
import DetectionMetrics

/// The confusions between categories as text: a matrix if it fits, or else the worst pairs.
enum ConfusionText {
  private static let mostColumns = 12
  private static let mostPairs = 30

  static func text(_ confusion: ConfusionMatrix) -> String {
    let score = confusion.leastScore.fixed(2)
    let start = "Objects by the category they are detected as, detections from score \(score)\n"
    let isSmall = confusion.categories.count < mostColumns
    return start + (isSmall ? matrix(confusion) : pairs(confusion))
  }

  private static func names(_ confusion: ConfusionMatrix, clippedTo width: Int) -> [String] {
    confusion.categories.map { $0.name.printable.clipped(to: width) }
  }

  private static func matrix(_ confusion: ConfusionMatrix) -> String {
    let numbers = [TextTable.Alignment](repeating: .right, count: confusion.side)
    var table = TextTable([.left] + numbers)
    table.add([""] + names(confusion, clippedTo: 10) + ["missed"])
    for (row, name) in (names(confusion, clippedTo: 20) + ["background"]).enumerated() {
      table.add([name] + (0..<confusion.side).map { confusion[row, $0].grouped })
    }
    return table.text
  }

  private static func pairs(_ confusion: ConfusionMatrix) -> String {
    let names = names(confusion, clippedTo: 24)
    var table = TextTable([.left, .left, .right])
    table.add("object", "detected as", "count")
    let mistakes = confusion.mistakes
    for mistake in mistakes.prefix(mostPairs) {
      table.add(names[mistake.truth], names[mistake.detection], mistake.count.grouped)
    }
    let left = mistakes.count - mostPairs
    return table.text + (left > 0 ? "  … \(left.grouped) more pairs\n" : "")
      + "  \(sums(of: confusion))\n"
  }

  /// Returns the numbers of objects found, confused with others, and missed.
  static func sums(of confusion: ConfusionMatrix) -> String {
    let last = confusion.categories.count
    let right = (0..<last).reduce(0) { $0 + confusion[$1, $1] }
    let wrong = confusion.mistakes.reduce(0) { $0 + $1.count }
    let missed = (0..<last).reduce(0) { $0 + confusion[$1, last] }
    let background = (0..<last).reduce(0) { $0 + confusion[last, $1] }
    return "\(right.grouped) right, \(wrong.grouped) of another category, "
      + "\(missed.grouped) missed, \(background.grouped) detections of nothing"
  }
}
