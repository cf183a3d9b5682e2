import COCO

/// See `summary`.
struct CategoryZero: CategoryRule {
  static let kind = FaultKind.categoryZero
  static let fixability = Fixability.safe
  static let summary = "a category with the id 0"
  static let explanation = """
    torchvision's detectors reserve label 0 for the background, so objects of this category are \
    learnt as background and never found. The fix gives the category the next id above the highest \
    in use and updates its annotations. Roboflow's root category, which has no annotations, is \
    reported as `root-category`.
    """
  static let examples = [
    Example.flags(
      "numbered from 0",
      .example(
        .object(1, 2, 2, 9, 9, category: 0), .object(2, 30, 20, 12, 8, category: 1),
        categories: [.example(0, "crab"), .example(1, "palm")]),
      fixed: .example(
        .object(1, 2, 2, 9, 9, category: 2), .object(2, 30, 20, 12, 8, category: 1),
        categories: [.example(2, "crab"), .example(1, "palm")])),
    Example.allows("numbered from 1", .example(.object(1, 2, 2, 9, 9))),
    Example.allows(
      "a root category",
      .example(
        .object(1, 2, 2, 9, 9),
        categories: [.example(0, "beach"), .example(1, "crab", supercategory: "beach")])),
  ]

  func fault(of view: CategoryView) -> Fault? {
    guard view.category.id == 0, !view.isRoot else { return nil }
    let categories = view.set.dataset.categories
    // Annotations of an id that two categories share may not be this one's.
    guard categories.count(where: { $0.id == 0 }) == 1 else { return .categoryZero(view.category) }
    var ids = FreeIDs(besides: categories.lazy.map(\.id))
    let free = ids.take()
    return .categoryZero(
      view.category, fix: Fix("give it the id \(free)", isSafe: true, edits: [.setID(free)]))
  }
}
