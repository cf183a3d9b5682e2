import COCO

/// See `summary`.
struct BlankPaddedName: CategoryRule {
  static let kind = FaultKind.blankPaddedName
  static let fixability = Fixability.safe
  static let summary = "a category name with blanks before or behind it"
  static let explanation = """
    Nobody sees the blank, and no program that looks the category up by its name finds it: "crab " \
    is not "crab". The fix takes the blanks away.
    """
  static let examples = [
    Example.flags(
      "a blank behind", .example(categories: [.example(1, "crab "), .example(2, "palm")]),
      mended: .example(categories: [.example(1, "crab"), .example(2, "palm")])),
    Example.flags(
      "a line break from a file with Windows line ends",
      .example(categories: [.example(1, "crab\r")]),
      mended: .example(categories: [.example(1, "crab")])),
    Example.allows("a blank within", .example(categories: [.example(1, "hermit crab")])),
  ]

  func fault(of view: CategoryView) -> Fault? {
    let name = view.category.name
    guard name.first?.isWhitespace == true || name.last?.isWhitespace == true else { return nil }
    let trimmed = name.trimmed
    guard !trimmed.isEmpty else { return nil }
    return fault(
      "expected a name without blanks around it, found \"\(name)\"", .name,
      fix: Fix("rename it to \"\(trimmed)\"", isSafe: true, edits: [.rename(trimmed)]))
  }
}
