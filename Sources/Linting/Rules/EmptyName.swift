import COCO

/// See `summary`.
struct EmptyName: CategoryRule {
  static let kind = FaultKind.emptyName
  static let summary = "a category with no name"
  static let explanation = """
    The name is empty or consists only of whitespace. Formats that identify classes by name, VOC \
    and CSV, cannot store it, and nobody can tell what a detector that learnt the category has \
    found. Give it a name.
    """
  static let examples = [
    Example.flags(
      "an empty name", .example(.object(1, 2, 2, 9, 9), categories: [.example(1, "")])),
    Example.flags(
      "only spaces", .example(.object(1, 2, 2, 9, 9), categories: [.example(1, "  ")])),
    Example.allows("a single-letter name", .example(categories: [.example(1, "x")])),
  ]

  func fault(of view: CategoryView) -> Fault? {
    guard view.category.hasBlankName else { return nil }
    return fault("expected a name, found \"\(view.category.name)\"", .name)
  }
}
