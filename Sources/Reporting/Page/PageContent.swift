import COCO

/// The content of the page; its markup, `Resources/page.mustache`, names these properties.
struct PageContent {
  struct Verdict {
    /// A class of the style sheet: `ready`, `warning` or `error`.
    var kind: String
    var headline: String
    var notes: [String]
  }

  /// A link to a part of the page.
  struct Entry {
    var id: String
    var name: String
  }

  struct Tile {
    var name: String
    var value: String
    var note: String
  }

  struct LedgerTable {
    var note: String
    let head = ["", "read", "as they are", "changed", "left out"]
    var rows: [PageTable.Row]
  }

  struct Training {
    let note = "Loss and AP50 over steps"
    var svg: String
  }

  let title: String
  let verdict: Verdict?
  let contents: [Entry]
  let hasContents: Bool
  let tiles: [Tile]
  let hasTiles: Bool
  let ledger: LedgerTable?
  let findings: FindingsContent?
  let evaluation: EvaluationContent?
  let check: CheckContent?
  let training: Training?
  let statistics: StatisticsContent?
  let pictures: [PictureStore.Symbol]
  let hasPictures: Bool

  init(_ page: DatasetPage) {
    let store = PictureStore(page.pictures, of: page.datasets)
    title = page.title
    verdict = Self.verdict(of: page)
    ledger = page.ledger.map(Self.table)
    findings = page.findings.map { FindingsContent($0, store) }
    evaluation = page.evaluation.map { EvaluationContent($0, store) }
    check = page.check.map { CheckContent($0, store) }
    training = page.training.map { Training(svg: $0) }
    statistics = page.statistics.map { StatisticsContent($0) }
    tiles = page.statistics.map { StatisticsContent.tiles($0.total) } ?? []
    hasTiles = !tiles.isEmpty
    pictures = store.symbols
    hasPictures = !pictures.isEmpty
    let parts = [
      findings.map { _ in Entry(id: "findings", name: "Findings") },
      evaluation.map { _ in Entry(id: "evaluation", name: "Evaluation") },
      check.map { _ in Entry(id: "check", name: "Model") },
      training.map { _ in Entry(id: "training", name: "Training") },
      statistics.map { _ in Entry(id: "statistics", name: "Dataset") },
    ].compactMap { $0 }
    contents = parts
    hasContents = parts.count > 1
  }

  /// Returns the verdict of the page; a model's outweighs that of the findings.
  private static func verdict(of page: DatasetPage) -> Verdict? {
    let counts = page.findings?.counts
    let fixes = counts?.fixesSentence
    if let check = page.check {
      let kind = check.isReady ? "ready" : "error"
      let notes = check.reasons + [counts?.sentence, fixes].compactMap { $0 }
      return Verdict(kind: kind, headline: check.verdict, notes: notes)
    }
    guard let counts else { return nil }
    let hasErrors = counts.bySeverity[.error] ?? 0 > 0
    let hasWarnings = counts.bySeverity[.warning] ?? 0 > 0
    let kind = hasErrors ? "error" : hasWarnings ? "warning" : "ready"
    // A dataset is ready, results are not.
    let isReady = !hasErrors && page.ledger != nil
    let notes = isReady ? [counts.sentence, fixes] : [fixes]
    return Verdict(
      kind: kind, headline: isReady ? "ready" : counts.sentence, notes: notes.compactMap { $0 })
  }

  private static func table(_ ledger: Ledger) -> LedgerTable {
    let total = ledger.total
    let rows = [("images", total.images), ("annotations", total.annotations)].map { name, counts in
      PageTable.Row(
        name: name,
        cells: [counts.read, counts.written, counts.changed, counts.rejected].map(\.grouped))
    }
    let changes = ledger.changes.map { change in
      let records = change.images + change.annotations
      return "\(change.reason): \(records.grouped)"
    }
    let sum = ledger.addsUp ? "It adds up" : "It does not add up"
    return LedgerTable(note: ([sum] + changes).joined(separator: "; "), rows: rows)
  }
}
