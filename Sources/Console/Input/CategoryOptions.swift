public import ArgumentParser
import Formats

/// Names, order and number of the categories.
public struct CategoryOptions: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp(
      "Category names in their order: a,b,c or a file with one a line. Others are rejected.",
      valueName: "names|file"),
    completion: .file())
  public var categories: String?

  @Option(
    help: ArgumentHelp(
      "A file that renames and merges categories, one \"old: new\" a line.", valueName: "file"),
    completion: .file())
  public var categoryMap: String?

  @Flag(help: "Leave out categories that no annotation uses.")
  public var dropUnusedCategories = false

  public init() {}

  /// Returns what the options ask for.
  func policy() throws -> CategoryPolicy {
    var policy = CategoryPolicy()
    policy.names = try categories.map(CategoryList.names)
    policy.renames = try categoryMap.map(CategoryList.renames) ?? [:]
    policy.dropsUnused = dropUnusedCategories
    return policy
  }
}
