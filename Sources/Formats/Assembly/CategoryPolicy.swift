import COCO

/// The user's names, order and ids of the categories, the same in every split.
public struct CategoryPolicy: Sendable {
  /// The names in their order; nil leaves them to the input.
  public var names: [String]?
  /// The new names by old ones; several old names may share a new one.
  public var renames: [String: String] = [:]
  /// Whether categories that no annotation uses are left out.
  public var dropsUnused = false

  /// Creates a policy that keeps the categories of the input.
  public init() {}

  /// Applies the policy to all datasets of `imported`. Annotations of a class that the user's list
  /// lacks are rejected.
  ///
  /// Splits whose categories differ get the union: sorted by name if the format has no order of its
  /// own, or else in the order of first use. Ids are 1…N, except that a format with an order of its
  /// own keeps ids that fit together.
  public func apply(to imported: inout Imported, sortsByName: Bool) {
    let needsUnion = Set(imported.datasets.map { $0.categories.map(\.name) }).count > 1
    guard names != nil || !renames.isEmpty || dropsUnused || needsUnion else { return }
    if names == nil, renames.isEmpty, !dropsUnused, !sortsByName { return }
    unify(&imported, sortsByName: sortsByName && needsUnion, keepsIDs: !sortsByName)
  }

  /// Gives all datasets of `imported` the same categories.
  func unify(_ imported: inout Imported, sortsByName: Bool, keepsIDs: Bool) {
    let categories = target(of: imported.datasets, sortsByName: sortsByName, keepsIDs: keepsIDs)
    for index in imported.datasets.indices {
      var dataset = imported.datasets[index]
      imported.datasets[index] = Dataset()
      apply(categories, to: &dataset, imported: &imported)
      imported.datasets[index] = dataset
    }
  }

  private func newName(_ name: String) -> String {
    renames[name] ?? name
  }

  /// Returns the categories that all splits get.
  private func target(
    of datasets: [Dataset], sortsByName: Bool, keepsIDs: Bool
  ) -> [Category] {
    let used = usedNames(of: datasets)
    var merged: [Category] = []
    var places: [String: Int] = [:]
    for category in datasets.flatMap(\.categories) {
      var category = category
      category.name = newName(category.name)
      if dropsUnused, !used.contains(category.name) { continue }
      if places[category.name] == nil {
        places[category.name] = merged.count
        merged.append(category)
      }
    }
    if let names {
      return names.filter { !dropsUnused || used.contains($0) }.enumerated().map { index, name in
        // What the input says of the category beyond its name stays.
        var category =
          places[name].map { merged[$0] } ?? Category(id: 0, name: name, supercategory: "")
        category.id = index + 1
        return category
      }
    }
    if sortsByName { merged.sort { $0.name < $1.name } }
    return keepsIDs && Set(merged.map(\.id)).count == merged.count
      ? merged
      : merged.enumerated().map { position, category in
        var category = category
        category.id = position + 1
        return category
      }
  }

  private func usedNames(of datasets: [Dataset]) -> Set<String> {
    guard dropsUnused else { return [] }
    return datasets.reduce(into: []) { used, dataset in
      let ids = Set(dataset.annotations.compactMap(\.categoryID))
      for category in dataset.categories where ids.contains(category.id) {
        used.insert(newName(category.name))
      }
    }
  }

  private func apply(
    _ categories: [Category], to dataset: inout Dataset, imported: inout Imported
  ) {
    let ids = Dictionary(
      categories.map { ($0.name, $0.id) }, uniquingKeysWith: { first, _ in first })
    var newIDs: [Int: Int] = [:]
    var renamed: Set<Int> = []
    // Of categories that share an id the first counts.
    for category in dataset.categories.reversed() {
      let name = newName(category.name)
      newIDs[category.id] = ids[name]
      if name == category.name {
        renamed.remove(category.id)
      } else {
        renamed.insert(category.id)
      }
    }
    let names = Dictionary(
      dataset.categories.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    var kept: [Annotation] = []
    kept.reserveCapacity(dataset.annotations.count)
    for var annotation in dataset.annotations {
      guard let id = annotation.categoryID else {
        kept.append(annotation)
        continue
      }
      guard let newID = newIDs[id] else {
        imported.rejections.append(unlisted(annotation, name: names[id] ?? "\(id)"))
        continue
      }
      if renamed.contains(id) {
        annotation.isChanged = true
        imported.changes["class renamed", default: RecordCounts()] += RecordCounts(annotations: 1)
      }
      annotation.categoryID = newID
      kept.append(annotation)
    }
    dataset.annotations = kept
    dataset.categories = categories
  }

  private func unlisted(_ annotation: Annotation, name: String) -> Rejection {
    Rejection(
      .annotation,
      Finding(
        .unknownCategory, "the class \"\(name)\" is not among those of --categories",
        at: annotation.origin),
      record: annotation.asRecord(category: name))
  }
}
