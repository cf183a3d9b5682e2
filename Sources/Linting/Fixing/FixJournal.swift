import COCO

/// A journal of the fields that fixes set in records, so that they can be written into the files
/// that the records were read from. Records are identified by their positions when they were read,
/// while those of the set move as others are removed.
struct FixJournal {
  private let original: [Dataset]
  /// The fields that were set in each record.
  private var fields: [RecordReference: Set<RecordField>] = [:]
  /// The records that were removed, and annotations removed with their image.
  private var removed: Set<RecordReference> = []
  private var followers: Set<RecordReference> = []
  private var texts: [RecordChange] = []
  /// The original places of the present records of each kind and dataset; nil if none has moved.
  private var places: [RecordReference: [Int]] = [:]

  init(_ datasets: [Dataset]) {
    original = datasets
  }

  /// Notes the fields that an edit sets of a record of the present set.
  mutating func note(_ set: Set<RecordField>, of record: RecordReference) {
    fields[asRead(record), default: []].formUnion(set)
  }

  /// Notes a text that takes the place of another.
  mutating func note(_ text: String, at range: Range<Int>, for finding: Finding) {
    guard let origin = finding.origin else { return }
    texts.append(
      RecordChange(
        record: finding.record.map(asRead), origin: origin, content: .text(range, text)))
  }

  /// Notes that records of one kind go; `kept` are the positions of those that stay.
  ///
  /// - Parameter followers: the positions of annotations that go because their image does.
  mutating func keep(
    _ kept: [Int], of kind: Rejection.Kind, count: Int, dataset: Int, followers: Set<Int> = []
  ) {
    guard kept.count < count else { return }
    let key = RecordReference(kind, 0, dataset: dataset)
    let staying = Set(kept)
    for position in 0..<count where !staying.contains(position) {
      let record = asRead(RecordReference(kind, position, dataset: dataset))
      removed.insert(record)
      if followers.contains(position) { self.followers.insert(record) }
    }
    let old = places[key]
    places[key] = kept.map { old?[$0] ?? $0 }
  }

  private func asRead(_ record: RecordReference) -> RecordReference {
    let key = RecordReference(record.kind, 0, dataset: record.dataset)
    return RecordReference(
      record.kind, places[key]?[record.index] ?? record.index, dataset: record.dataset)
  }

  /// Returns all changes, in the order of the records as they were read, then those of texts.
  ///
  /// - Parameter fixed: the datasets as the fixes have made them.
  func changes(in fixed: [Dataset]) -> [RecordChange] {
    let changed = removed.union(fields.keys).sorted { $0.order < $1.order }
    guard !changed.isEmpty else { return texts }
    let views = original.indices.map { FixedDataset(original[$0], fixed[$0], $0, places) }
    return changed.map { record in
      views[record.dataset].change(
        of: record, isRemoved: removed.contains(record), follows: followers.contains(record),
        fields: removed.contains(record) ? [] : fields[record] ?? [])
    } + texts
  }
}

extension RecordReference {
  /// The sort order: by dataset, then images, annotations and categories by their positions.
  fileprivate var order: (Int, Int, Int) {
    switch kind {
    case .image: (dataset, 0, index)
    case .annotation: (dataset, 1, index)
    case .category: (dataset, 2, index)
    }
  }
}

/// One dataset before and after all fixes.
private struct FixedDataset {
  private let before: Dataset
  private let after: Dataset
  private let images: IDIndex
  private let oldCategories: IDIndex
  private let newCategories: IDIndex
  /// The present place of each record that was read, by its kind and position.
  private let present: [Rejection.Kind: [Int: Int]]
  /// The original places of the present categories.
  private let categoryPlaces: [Int]?

  init(
    _ before: Dataset, _ after: Dataset, _ index: Int, _ places: [RecordReference: [Int]]
  ) {
    self.before = before
    self.after = after
    images = IDIndex(before.images.map(\.id))
    oldCategories = IDIndex(before.categories.map(\.id))
    newCategories = IDIndex(after.categories.map(\.id))
    var present: [Rejection.Kind: [Int: Int]] = [:]
    for kind in [Rejection.Kind.image, .annotation, .category] {
      guard let moved = places[RecordReference(kind, 0, dataset: index)] else { continue }
      present[kind] = Dictionary(uniqueKeysWithValues: zip(moved, moved.indices))
    }
    self.present = present
    categoryPlaces = places[RecordReference(.category, 0, dataset: index)]
  }

  func change(
    of record: RecordReference, isRemoved: Bool, follows: Bool, fields: Set<RecordField>
  ) -> RecordChange {
    let index = record.index
    let place = isRemoved ? nil : present[record.kind].map { $0[index] } ?? index
    switch record.kind {
    case .image:
      let old = before.images[index]
      return RecordChange(
        record: record, origin: old.origin, fields: fields,
        content: .image(old, place.map { after.images[$0] }))
    case .category:
      let old = before.categories[index]
      return RecordChange(
        record: record, origin: old.origin, fields: fields,
        content: .category(old, place.map { after.categories[$0] }))
    case .annotation:
      let old = before.annotations[index]
      let new = place.map { after.annotations[$0] }
      return RecordChange(
        record: record, origin: old.origin, fields: fields,
        content: .annotation(old, new, setting(old, new, follows: follows)))
    }
  }

  private func setting(
    _ old: Annotation, _ new: Annotation?, follows: Bool
  ) -> AnnotationSetting {
    let newCategory = new?.categoryID.flatMap(newCategories.position)
    let asRead = newCategory.map { categoryPlaces?[$0] ?? $0 }
    return AnnotationSetting(
      image: images.position(of: old.imageID).map { before.images[$0] }, followsImage: follows,
      oldCategory: old.categoryID.flatMap(oldCategories.position).map { before.categories[$0] },
      newCategory: newCategory.map { after.categories[$0] },
      newCategoryAsRead: asRead.map { before.categories[$0] })
  }
}
