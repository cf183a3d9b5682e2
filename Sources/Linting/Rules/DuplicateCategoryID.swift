import COCO

/// See `summary`.
struct DuplicateCategoryID: SplitsRule {
  static let kind = FaultKind.duplicateCategoryID
  static let summary = "a category with the same id as another"
  static let explanation = """
    Annotations refer to their category by id. If two categories share one, pycocotools uses the \
    second's name for all annotations of both. Only a look at the objects shows which category \
    each belongs to.
    """
  static let examples = [
    Example.flags(
      "two categories with the id 2",
      .example(
        .object(1, 2, 2, 9, 9, category: 2),
        categories: [.example(1, "crab"), .example(2, "palm"), .example(2, "shell")])),
    Example.allows(
      "distinct ids", .example(categories: [.example(1, "crab"), .example(9, "palm")])),
  ]

  func check(_ sets: [DatasetView], into faults: inout Faults) {
    let shared = SharedCategories(sets)
    for set in sets where !set.categoryIndex.repeated.isEmpty {
      let judged = Set(shared.positions(in: set))
      for index in set.categoryIndex.repeated where judged.contains(index) {
        let category = set.dataset.categories[index]
        let message =
          "\"\(category.name)\" has the id \(category.id), which \(set.categoryName(category.id)) "
          + "already has"
        faults.add(fault(message, .id), category: index, of: set)
      }
    }
  }
}
