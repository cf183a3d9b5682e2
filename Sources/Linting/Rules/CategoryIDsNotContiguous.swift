import COCO

/// See `summary`.
struct CategoryIDsNotContiguous: SplitsRule {
  static let kind = FaultKind.categoryIDsNotContiguous
  static let summary = "category ids that do not run from 1 to the number of categories"
  static let explanation = """
    COCO's own ids have gaps, and consumers that expect gaps, such as detectron2 and mmdetection, \
    map the ids to labels. torchvision's reference uses ids as labels directly and needs an output \
    for each number up to the highest id, and one for the background. Ids without gaps that begin \
    with 0 are reported as `category-zero` alone. `copra convert` numbers the categories of other \
    formats from 1 without gaps.
    """
  static let examples = [
    Example.flags(
      "a gap", .example(categories: [.example(1, "crab"), .example(3, "palm")])),
    Example.flags(
      "numbered from 5", .example(categories: [.example(5, "crab"), .example(6, "palm")])),
    Example.allows(
      "numbered from 1, in any order",
      .example(categories: [.example(2, "crab"), .example(1, "palm")])),
    Example.allows(
      "numbered from 0, which is a separate fault",
      .example(categories: [.example(0, "crab"), .example(1, "palm")])),
  ]

  func check(_ sets: [DatasetView], into faults: inout Faults) {
    let shared = SharedCategories(sets)
    for set in sets {
      guard !shared.positions(in: set).isEmpty else { continue }
      let ids = Set(set.dataset.categories.map(\.id)).sorted()
      let first = ids.first == 0 ? 0 : 1
      // The first that does not have the number that its rank would give it.
      guard let gap = zip(ids, first...).first(where: { $0 != $1 }),
        let index = set.categoryIndex.position(of: gap.0), let last = ids.last
      else { continue }
      let message =
        "expected ids from 1 to \(ids.count), found \(ids.count) ids from \(ids[0]) to \(last); "
        + "the first that is out of line is \(gap.0), \(set.categoryName(gap.0))"
      faults.add(fault(message, .id), category: index, of: set)
    }
  }
}
