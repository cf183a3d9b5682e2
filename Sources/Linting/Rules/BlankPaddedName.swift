import COCO

/// See `summary`.
struct BlankPaddedName: CategoryRule {
  static let kind = FaultKind.blankPaddedName
  static let fixability = Fixability.safe
  static let summary = "a category name with leading or trailing whitespace"
  static let explanation = """
    The whitespace is invisible, but a program that looks the category up by name does not find \
    it: "crab " is not "crab". The fix trims the name.
    """
  static let examples = [
    Example.flags(
      "a trailing space", .example(categories: [.example(1, "crab "), .example(2, "palm")]),
      fixed: .example(categories: [.example(1, "crab"), .example(2, "palm")])),
    Example.flags(
      "a carriage return from a file with Windows line endings",
      .example(categories: [.example(1, "crab\r")]),
      fixed: .example(categories: [.example(1, "crab")])),
    Example.allows("a space inside the name", .example(categories: [.example(1, "hermit crab")])),
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
