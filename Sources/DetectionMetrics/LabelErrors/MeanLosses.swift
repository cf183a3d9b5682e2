public import COCO

/// The mean loss of annotations by category, by size and by split.
public struct MeanLosses: Sendable, Equatable {
  /// The mean of one group.
  public struct Group: Sendable, Equatable {
    /// The name of the category, size or split.
    public let name: String
    /// The number of objects in the group.
    public let objects: Int
    /// The mean loss, 0 … 1; see `LabelHistory`.
    public let loss: Double
  }

  /// The means by category, the highest first.
  public let byCategory: [Group]
  /// The means by the boxes' area: COCO's small, medium and large.
  public let bySize: [Group]
  /// The means by split, ordered by name; empty if there is only one.
  public let bySplit: [Group]

  /// Creates the means of a history.
  ///
  /// - Parameters:
  ///   - history: The losses of each object over the epochs.
  ///   - dataset: The dataset that the history is of.
  ///   - splits: The name of each image's split, by the images' ids; empty if there is only
  ///     one.
  public init(_ history: LabelHistory, of dataset: Dataset, splits: [Int: String] = [:]) {
    let names = Dictionary(dataset.categories.map { ($0.id, $0.name) }) { first, _ in first }
    let records = history.ranked.map { ($0.loss, dataset.annotations[$0.annotation]) }
    byCategory = Self.groups(records) { $0.categoryID.flatMap { names[$0] } }
      .sorted { ($1.loss, $0.name) < ($0.loss, $1.name) }
    let sizes = Self.groups(records) { $0.box.map { AreaRange.size(ofArea: $0.area).name } }
    bySize = AreaRange.sizes.compactMap { size in sizes.first { $0.name == size.name } }
    let bySplit = Self.groups(records) { splits[$0.imageID] }.sorted { $0.name < $1.name }
    self.bySplit = bySplit.count > 1 ? bySplit : []
  }

  private static func groups(
    _ records: [(loss: Double, annotation: Annotation)], by name: (Annotation) -> String?
  ) -> [Group] {
    var losses: [String: [Double]] = [:]
    for record in records {
      if let name = name(record.annotation) { losses[name, default: []].append(record.loss) }
    }
    return losses.map { name, losses in
      Group(
        name: name, objects: losses.count, loss: losses.reduce(0, +) / Double(losses.count))
    }
  }
}
