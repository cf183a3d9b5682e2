public import COCO

/// The numbers of the records that were kept, and of those among them that were changed.
public struct KeptRecords: Sendable, Equatable {
  /// The records that were kept.
  public private(set) var all = RecordCounts()
  /// Those among them that differ from the source.
  public private(set) var changed = RecordCounts()

  /// Creates counts of nothing.
  public init() {}

  /// Adds the records of a dataset.
  public mutating func add(_ dataset: Dataset) {
    func count<Record>(_ records: [Record], _ isChanged: KeyPath<Record, Bool>) -> Int {
      records.withUnsafeBufferPointer { $0.count { $0[keyPath: isChanged] } }
    }
    all += RecordCounts(images: dataset.images.count, annotations: dataset.annotations.count)
    changed += RecordCounts(
      images: count(dataset.images, \.isChanged),
      annotations: count(dataset.annotations, \.isChanged))
  }
}
