import COCO

/// See `summary`.
struct CategoryMissingInSplit: SplitsRule {
  static let kind = FaultKind.categoryMissingInSplit
  static let summary = "a category in one split with no objects in another"
  static let explanation = """
    Either what is learnt is never measured, or what is measured was never learnt. A category is \
    reported if it has at least `annotations` objects in one split and none in another of at least \
    `images` images. Splits without any annotations, such as test sets, are not checked. Split the \
    set again so that every category is represented in each split.
    """
  static let examples = [
    Example.flags(
      "no palms in val", .counted([90, 12], split: "train"), .counted([30, 0], split: "val")),
    Example.allows(
      "palms in both splits", .counted([90, 12], split: "train"), .counted([30, 4], split: "val")),
    Example.allows(
      "a test split without annotations", .counted([90, 12], split: "train"),
      .counted([0, 0], split: "test")),
  ]

  var annotations = 10
  var images = 10

  func check(_ sets: [DatasetView], into faults: inout Faults) {
    guard sets.count > 1 else { return }
    let counts = SplitCounts(sets)
    for set in sets where set.dataset.images.count >= images && counts.total(in: set.index) > 0 {
      for name in counts.names.indices where counts.annotations[set.index][name] == 0 {
        let most = sets.indices.max { left, right in
          (counts.annotations[left][name], right) < (counts.annotations[right][name], left)
        }
        guard let most, counts.annotations[most][name] >= annotations else { continue }
        let message =
          "\"\(counts.names[name])\" has \(counts.annotations[most][name]) annotations in split "
          + "\(sets[most].name) and none in split \(set.name)"
        let place = counts.place(of: name, in: set.index)
        faults.add(fault(message), category: place.index, of: sets[place.set])
      }
    }
  }
}
