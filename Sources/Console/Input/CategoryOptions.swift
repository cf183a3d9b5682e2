public import ArgumentParser
import COCO
import Files
import Formats

/// The options for the names, order and numbering of the categories.
public struct CategoryOptions: ParsableArguments, Sendable {
  /// The value of `--categories`: names between commas, or the path of a file of them; nil keeps
  /// all categories.
  @Option(
    help: ArgumentHelp(
      "Category names in their order: a,b,c or a file with one per line. Others are rejected.",
      valueName: "names|file"),
    completion: .file())
  public var categories: String?

  /// The value of `--category-map`: the path of a file of renamings; nil renames nothing.
  @Option(
    help: ArgumentHelp(
      "A file that renames and merges categories, one \"old: new\" per line.", valueName: "file"),
    completion: .file())
  public var categoryMap: String?

  /// Whether categories that no annotation uses are left out.
  @Flag(help: "Leave out categories that no annotation uses.")
  public var dropUnusedCategories = false

  /// Creates the options for the parser to fill.
  public init() {}

  /// Returns the policy that the options request.
  func policy() throws -> CategoryPolicy {
    var policy = CategoryPolicy()
    policy.names = try categories.map(CategoryList.names)
    policy.renames = try categoryMap.map(CategoryList.renames) ?? [:]
    policy.dropsUnused = dropUnusedCategories
    return policy
  }
}

/// The values of `--categories` and `--category-map`.
enum CategoryList {
  /// Returns names from a file with one on each line, or from the text itself, with commas between.
  static func names(_ value: String) throws -> [String] {
    let names: [String]
    if isPath(value) {
      names = try lines(of: value).map(\.text)
    } else {
      names = value.split(separator: ",").map { trimmed($0) }.filter { !$0.isEmpty }
    }
    guard !names.isEmpty else { throw CommandFailure("--categories \(value): no names found") }
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw CommandFailure("--categories \(value): \(twice) appears twice")
    }
    return names
  }

  /// Returns new names by old ones, from a file with `old: new` on each line.
  static func renames(_ path: String) throws -> [String: String] {
    var renames: [String: String] = [:]
    for line in try lines(of: path) {
      guard let separator = line.text.firstIndex(where: { $0 == ":" || $0 == "=" || $0 == "," })
      else {
        throw CommandFailure(
          "\(path):\(line.number):1: expected \"old: new\", found \"\(line.text)\"")
      }
      let old = unquoted(trimmed(line.text[..<separator]))
      let new = unquoted(trimmed(line.text[line.text.index(after: separator)...]))
      guard !old.isEmpty, !new.isEmpty else {
        throw CommandFailure("\(path):\(line.number):1: expected a name on both sides of the colon")
      }
      renames[old] = new
    }
    return renames
  }

  /// Returns whether the value is a file that exists, or can only be meant as one: a category is
  /// hardly called `a/b.txt`.
  private static func isPath(_ value: String) -> Bool {
    if FileStatus(value)?.isFolder == false { return true }
    let isList = value.utf8.contains(UInt8(ascii: ","))
    return !isList && ["txt", "names", "csv", "yaml", "json"].contains(Path.fileExtension(value))
  }

  private static func lines(of path: String) throws -> [(number: Int, text: String)] {
    let text = String(decoding: try InputFile.contents(path), as: UTF8.self)
    return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
      .map { (number: $0 + 1, text: trimmed($1)) }
      .filter { !$0.text.isEmpty && !$0.text.hasPrefix("#") }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var rest = text[...]
    while rest.first?.isWhitespace == true || rest.first == "\u{FEFF}" { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  private static func unquoted(_ text: String) -> String {
    guard text.count > 1, let quote = text.first, quote == text.last, quote == "\"" || quote == "'"
    else { return text }
    return String(text.dropFirst().dropLast())
  }
}
