package import COCO

/// A ground truth that is ready to be evaluated any number of times.
package struct IndexedTruth: Sendable {
  package let dataset: Dataset
  let categories: CategoryTable
  let index: TruthIndex

  /// Indexes a dataset whose objects are judged by its own categories.
  package init(_ dataset: Dataset) {
    self.init(dataset, CategoryTable(dataset.categories))
  }

  /// Indexes a dataset whose objects are judged by the categories of these ids, whether it lists
  /// them or not; objects of all others are left out silently.
  package init(_ dataset: Dataset, selection: CategorySelection) {
    var dataset = dataset
    dataset.annotations = selection.chosen(
      dataset.annotations, { $0.categoryID },
      joined: { annotation in
        var annotation = annotation
        annotation.categoryID = CategorySelection.joinedID
        return annotation
      })
    let listed = Dictionary(dataset.categories.map { ($0.id, $0) }) { _, last in last }
    let ids = selection.joins ? [CategorySelection.joinedID] : selection.ids
    self.init(
      dataset, CategoryTable(ids.map { listed[$0] ?? COCO.Category(id: $0, name: "") }))
  }

  private init(_ dataset: Dataset, _ categories: CategoryTable) {
    self.dataset = dataset
    self.categories = categories
    index = TruthIndex(dataset, categories)
  }
}

/// The categories that a user chose, as pycocotools' `catIds` and `useCats` do.
package struct CategorySelection: Sendable, Equatable {
  package let ids: [Int]
  /// Whether all that is chosen counts as one category.
  package let joins: Bool

  /// The id of the joined category, as in pycocotools.
  static let joinedID = -1

  package init(ids: [Int], joins: Bool) {
    self.ids = ids
    self.joins = joins
  }

  /// Returns the records of chosen categories. Those that count as one category are in the order of
  /// the ids, in which pycocotools processes them, since that decides between equal scores and
  /// overlaps.
  func chosen<Record>(
    _ records: [Record], _ id: (Record) -> Int?, joined: (Record) -> Record
  ) -> [Record] {
    let positions = IDIndex(ids)
    let isChosen = { (record: Record) in
      id(record).map { positions.position(of: $0) != nil } ?? !joins
    }
    let kept = records.allSatisfy(isChosen) ? records : records.filter(isChosen)
    guard joins else { return kept }
    return kept.map { (position: id($0).flatMap(positions.position) ?? 0, record: $0) }
      .stablySorted { $0.position < $1.position }.map { joined($0.record) }
  }

  /// Returns the detections of chosen categories.
  package func chosen(_ batches: [[Detection]]) -> [[Detection]] {
    let join = { (detection: Detection) in
      var detection = detection
      detection.categoryID = Self.joinedID
      return detection
    }
    return joins
      ? [chosen(batches.flatMap { $0 }, { $0.categoryID }, joined: join)]
      : batches.map { chosen($0, { $0.categoryID }, joined: join) }
  }
}
