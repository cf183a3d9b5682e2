import COCO
public import Formats
public import Reporting

extension Ledger {
  /// Creates the account of an import: the records that were kept, changed and left out.
  public init(_ imported: Imported) {
    var kept = KeptRecords()
    for dataset in imported.datasets { kept.add(dataset) }
    self.init(imported, kept: kept)
  }

  /// Creates the account of an import whose records are not held.
  public init(_ imported: Imported, kept: KeptRecords) {
    func rejected(_ kind: Rejection.Kind) -> Int { imported.rejections.count { $0.kind == kind } }
    func counts(_ number: KeyPath<RecordCounts, Int>, rejected: Int) -> Counts {
      let changed = kept.changed[keyPath: number]
      return Counts(
        read: imported.read[keyPath: number], written: kept.all[keyPath: number] - changed,
        changed: changed, rejected: rejected)
    }
    let row = Row(
      "total", images: counts(\.images, rejected: rejected(.image)),
      annotations: counts(\.annotations, rejected: rejected(.annotation)))
    self.init(
      rows: [row],
      changes: imported.changes.map { reason, counts in
        Change(reason, images: counts.images, annotations: counts.annotations)
      })
  }
}
