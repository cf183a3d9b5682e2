/// What is to be known of all parts together.
struct YOLOTotals {
  /// Text files that turned out to be no labels.
  private(set) var ignored: [String] = []
  /// The numbers of classes that have no name.
  private(set) var numbers: Set<Int> = []
  private var rows = 0
  private var quadrilaterals = 0

  mutating func add(_ part: YOLOPart) {
    ignored += part.ignored
    numbers.formUnion(part.batch.labels.names.lazy.compactMap { Int($0) })
    rows += part.rows
    quadrilaterals += part.quadrilaterals
  }

  /// Whether there are rows and all hold four corners.
  var hasQuadrilateralsOnly: Bool { rows > 0 && rows == quadrilaterals }
}
