import COCO

/// See `summary`.
struct UnusedCategory: CategoryRule {
  static let kind = FaultKind.unusedCategory
  static let fixability = Fixability.unsafe
  static let summary = "a category that no annotation of any split uses"
  static let explanation = """
    A detector gets an output for it that never learns anything, and its average precision is \
    undefined. The fix removes it, which is unsafe: the categories after it get different labels, \
    and a model trained with the old list no longer fits. A set without any annotations, such as a \
    test set, is not checked.
    """
  static let examples = [
    Example.flags(
      "no palms anywhere", .example(.object(1, 2, 2, 9, 9)),
      fixed: .example(.object(1, 2, 2, 9, 9), categories: [.example(1, "crab")])),
    Example.allows(
      "used in one split",
      .example(.object(1, 2, 2, 9, 9), .object(2, 2, 20, 9, 9, category: 2), split: "train"),
      .example(.object(3, 2, 2, 9, 9), split: "val")),
    Example.allows("no annotations at all", .example()),
    Example.allows(
      "a repeated id, whose annotations cannot be told apart",
      .example(.object(1, 2, 2, 9, 9), categories: [.example(1, "crab"), .example(1, "palm")])),
  ]

  func fault(of view: CategoryView) -> Fault? {
    // Annotations of an id that two categories share count for the first.
    guard view.annotations == 0, view.shared.areUsed, !view.isRoot,
      view.set.categoryIndex.position(of: view.category.id) == view.index
    else { return nil }
    return fault(
      "no annotation is of category \(view.category.id), \"\(view.category.name)\"",
      fix: Fix("remove it", isSafe: false, edits: [.remove]))
  }
}
