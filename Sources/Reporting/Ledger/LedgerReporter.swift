public import COCO

/// A reporter that shows a ledger as a table or as JSON.
public struct LedgerReporter: Sendable {
  /// Creates a reporter.
  public init() {}

  /// Returns a table of images and one of annotations, the changes, and whether the counts add up.
  public func text(_ ledger: Ledger) -> String {
    table(ledger) + changes(ledger.changes) + verdict(ledger)
  }

  private func table(_ ledger: Ledger) -> String {
    ledger.rows.count == 1 ? shortTable(ledger.rows[0]) : fullTable(ledger)
  }

  /// Returns a table of one row, which is its own total.
  private func shortTable(_ row: Ledger.Row) -> String {
    var table = TextTable([.left, .right, .right, .right, .right], indentation: 0)
    table.add("", "read", "written", "changed", "rejected")
    for (kind, counts) in Self.kinds { table.add(cells(kind, counts(row))) }
    return table.text
  }

  private func fullTable(_ ledger: Ledger) -> String {
    var table = TextTable([.left, .right, .right, .right, .right], indentation: 0)
    for (kind, counts) in Self.kinds {
      table.add(kind, "read", "written", "changed", "rejected")
      for row in ledger.rows { table.add(cells("  " + row.name, counts(row))) }
      table.addRule()
      table.add(cells("  total", counts(ledger.total)))
    }
    return table.text
  }

  private static var kinds: [(String, (Ledger.Row) -> Ledger.Counts)] {
    [("images", \.images), ("annotations", \.annotations)]
  }

  private func cells(_ name: String, _ counts: Ledger.Counts) -> [String] {
    [name.printable.clipped(to: 38)]
      + [counts.read, counts.written, counts.changed, counts.rejected].map(\.grouped)
  }

  private func changes(_ changes: [Ledger.Change]) -> String {
    guard !changes.isEmpty else { return "" }
    var table = TextTable([.right, .left])
    for change in changes {
      let counts = [(change.images, "image"), (change.annotations, "annotation")]
        .filter { $0.0 > 0 }
        .map { $0.0 == 1 ? "1 \($0.1)" : "\($0.0.grouped) \($0.1)s" }
      table.add(counts.joined(separator: ", "), change.reason.printable)
    }
    return "\nchanged:\n" + table.text
  }

  private func verdict(_ ledger: Ledger) -> String {
    if ledger.addsUp { return "\nadds up: read = written + changed + rejected\n" }
    var text = "\n"
    for (kind, counts) in Self.kinds {
      for row in ledger.rows where !counts(row).addsUp {
        let counts = counts(row)
        let sum = counts.written + counts.changed + counts.rejected
        text +=
          "does not add up: \(kind) of \(row.name.printable): read \(counts.read.grouped), "
          + "but written + changed + rejected = \(sum.grouped)\n"
      }
    }
    return text
  }

  /// Returns the rows, their total, the changes, and whether the counts add up.
  public func json(_ ledger: Ledger) -> JSONObject {
    [
      "rows": .array(ledger.rows.map { .object(object($0)) }),
      "total": .object(object(ledger.total)),
      "changes": .array(
        ledger.changes.map {
          .object([
            "reason": .string($0.reason), "images": .integer($0.images),
            "annotations": .integer($0.annotations),
          ])
        }),
      "adds_up": .bool(ledger.addsUp),
    ]
  }

  private func object(_ row: Ledger.Row) -> JSONObject {
    [
      "name": .string(row.name), "images": .object(object(row.images)),
      "annotations": .object(object(row.annotations)),
    ]
  }

  private func object(_ counts: Ledger.Counts) -> JSONObject {
    [
      "read": .integer(counts.read), "written": .integer(counts.written),
      "changed": .integer(counts.changed), "rejected": .integer(counts.rejected),
    ]
  }
}
