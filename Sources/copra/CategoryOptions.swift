import ArgumentParser
import Importing

/// Names, order and number of the categories.
struct CategoryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Category names in their order: a,b,c or a file with one a line. Others are rejected.",
      valueName: "names|file"),
    completion: .file())
  var categories: String?

  @Option(
    help: ArgumentHelp(
      "A file that renames and merges categories, one \"old: new\" a line.", valueName: "file"),
    completion: .file())
  var categoryMap: String?

  @Flag(help: "Leave out categories that no annotation uses.")
  var dropUnusedCategories = false

  /// What the options ask for.
  func policy() throws -> CategoryPolicy {
    var policy = CategoryPolicy()
    policy.names = try categories.map(CategoryList.names)
    policy.renames = try categoryMap.map(CategoryList.renames) ?? [:]
    policy.dropsUnused = dropUnusedCategories
    return policy
  }
}
