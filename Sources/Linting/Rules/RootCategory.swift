import COCO

/// See `summary`.
struct RootCategory: CategoryRule {
  static let kind = FaultKind.rootCategory
  static let fixability = Fixability.safe
  static let summary = "a category with the id 0 that serves only as a supercategory"
  static let explanation = """
    Roboflow writes such a category before the real ones. No annotation uses it, but a detector \
    built for as many classes as the file lists gets one that does not exist. The fix removes it; \
    only the supercategories of other categories refer to it by name, and those are kept.
    """
  static let examples = [
    Example.flags(
      "a root category as written by Roboflow",
      .example(
        .object(1, 2, 2, 9, 9),
        categories: [.example(0, "beach"), .example(1, "crab", supercategory: "beach")]),
      fixed: .example(
        .object(1, 2, 2, 9, 9), categories: [.example(1, "crab", supercategory: "beach")])),
    Example.allows(
      "a category of the same kind that is used",
      .example(
        .object(1, 2, 2, 9, 9, category: 0),
        categories: [.example(0, "beach"), .example(1, "crab", supercategory: "beach")])),
  ]

  func fault(of view: CategoryView) -> Fault? {
    guard view.isRoot else { return nil }
    return fault(
      "\"\(view.category.name)\" is only the others' supercategory and has no annotation",
      fix: Fix("remove it", isSafe: true, edits: [.remove]))
  }
}
