/// The ids of the records of several splits that become one set, and the place of each record.
///
/// Ids are kept if no two images and no two annotations of the splits share one; otherwise both are
/// numbered from 1, in the order of the splits.
public struct MergedIDs: Sendable {
  /// Whether each record has the id that it has in its split.
  public let areKept: Bool
  private let images: Records
  private let annotations: Records

  /// Determines the ids.
  ///
  /// - Parameter datasets: The splits, in their order.
  public init(_ datasets: [Dataset]) {
    let imageIDs = datasets.flatMap { $0.images.map(\.id) }
    let annotationIDs = datasets.flatMap { $0.annotations.map(\.id) }
    let (kept, keptAnnotations) = (IDIndex(imageIDs), IDIndex(annotationIDs))
    areKept =
      datasets.count < 2 || (kept.repeated.isEmpty && keptAnnotations.repeated.isEmpty)
    images = Records(
      kind: .image, counts: datasets.map(\.images.count), ids: areKept ? kept : nil)
    annotations = Records(
      kind: .annotation, counts: datasets.map(\.annotations.count),
      ids: areKept ? keptAnnotations : nil)
  }

  /// Returns the image of a merged id; nil if there is none.
  public func image(_ id: Int) -> RecordReference? { images[id] }

  /// Returns the annotation of a merged id; nil if there is none.
  public func annotation(_ id: Int) -> RecordReference? { annotations[id] }

  private struct Records {
    let kind: Rejection.Kind
    let counts: [Int]
    /// The index of the ids; nil if records are numbered from 1.
    let ids: IDIndex?

    subscript(id: Int) -> RecordReference? {
      guard var index = ids.map({ $0.position(of: id) }) ?? (id > 0 ? id - 1 : nil) else {
        return nil
      }
      for (dataset, count) in counts.enumerated() {
        if index < count { return RecordReference(kind, index, dataset: dataset) }
        index -= count
      }
      return nil
    }
  }
}
