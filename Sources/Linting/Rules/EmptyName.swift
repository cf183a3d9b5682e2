import COCO

/// See `summary`.
struct EmptyName: CategoryRule {
  static let kind = FaultKind.emptyName
  static let summary = "a category without a name"
  static let explanation = """
    The name is empty or only blanks. Formats that know classes by their names, VOC and CSV, cannot \
    hold it, and nobody can say what a detector that learnt it has found. Give it a name.
    """
  static let examples = [
    Example.flags(
      "no name", .example(.object(1, 2, 2, 9, 9), categories: [.example(1, "")])),
    Example.flags(
      "only blanks", .example(.object(1, 2, 2, 9, 9), categories: [.example(1, "  ")])),
    Example.allows("a name of one letter", .example(categories: [.example(1, "x")])),
  ]

  func fault(of view: CategoryView) -> Fault? {
    guard view.category.hasBlankName else { return nil }
    return fault("expected a name, found \"\(view.category.name)\"", .name)
  }
}
