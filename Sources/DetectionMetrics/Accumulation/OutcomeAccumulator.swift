import COCO
import Files

/// An accumulator that computes the outcome of each category, several at a time.
struct OutcomeAccumulator: Sendable {
  private let table: OutcomeTable
  private let settings: EvaluationSettings

  init(_ table: OutcomeTable, _ settings: EvaluationSettings) {
    self.table = table
    self.settings = settings
  }

  /// Returns the outcome of each category.
  func accumulate(_ tasks: OrderedTasks) async -> [CategoryOutcome] {
    await Self.outcomes(of: table.categories, settings, tasks) { category, accumulator, sorter in
      table.withCategory(category, sortedBy: &sorter) {
        accumulator.accumulate($0, positives: table.positives[category])
      }
    }
  }

  /// Calls `body` with each category and its curves, several at a time.
  func visitCurves(
    _ tasks: OrderedTasks, _ body: @escaping @Sendable (Int, CategoryCurves) -> Void
  ) async {
    _ = await Self.outcomes(of: table.categories, settings, tasks) {
      category, accumulator, sorter in
      table.withCategory(category, sortedBy: &sorter) {
        body(category, accumulator.curves($0, positives: table.positives[category]))
      }
    }
  }

  private static let categoriesInPart = 4

  /// Returns the result of `work` for each category.
  static func outcomes<Outcome: Sendable>(
    of count: Int, _ settings: EvaluationSettings, _ tasks: OrderedTasks,
    _ work:
      @escaping @Sendable (Int, inout CategoryAccumulator, inout ScoreOrder) -> Outcome
  ) async -> [Outcome] {
    let parts = (count + categoriesInPart - 1) / categoriesInPart
    // The work does not throw.
    return
      (try? await tasks.map(parts) { part in
        var (accumulator, sorter) = (CategoryAccumulator(settings), ScoreOrder())
        let first = part * categoriesInPart
        return (first..<min(first + categoriesInPart, count)).map {
          work($0, &accumulator, &sorter)
        }
      }.flatMap { $0 }) ?? []
  }
}
