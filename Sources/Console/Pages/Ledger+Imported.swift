import COCO
public import Formats
public import Reporting

extension Ledger {
  /// Creates the account of an import: the records that were kept, changed and left out.
  public init(_ imported: Imported) {
    func changed<Record>(_ records: [Record], _ isChanged: KeyPath<Record, Bool>) -> Int {
      records.withUnsafeBufferPointer { $0.count { $0[keyPath: isChanged] } }
    }
    func rejected(_ kind: Rejection.Kind) -> Int { imported.rejections.count { $0.kind == kind } }
    var (images, annotations) = (0, 0)
    var (changedImages, changedAnnotations) = (0, 0)
    for dataset in imported.datasets {
      images += dataset.images.count
      annotations += dataset.annotations.count
      changedImages += changed(dataset.images, \.isChanged)
      changedAnnotations += changed(dataset.annotations, \.isChanged)
    }
    let row = Row(
      "total",
      images: Counts(
        read: imported.read.images, written: images - changedImages, changed: changedImages,
        rejected: rejected(.image)),
      annotations: Counts(
        read: imported.read.annotations, written: annotations - changedAnnotations,
        changed: changedAnnotations, rejected: rejected(.annotation)))
    self.init(
      rows: [row],
      changes: imported.changes.map { reason, counts in
        Change(reason, images: counts.images, annotations: counts.annotations)
      })
  }
}
