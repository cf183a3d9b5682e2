/// Text that Markdown shows unchanged, also in a cell of a table. Markdown is CommonMark with
/// GitHub's tables: https://github.github.com/gfm/
enum MarkdownText {
  /// Returns text without markup; line ends and other control characters are shown by codes.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.printable.unicodeScalars {
      if isMarkup(scalar) { escaped += "\\" }
      escaped.unicodeScalars.append(scalar)
    }
    return escaped
  }

  /// Returns text marked as code; as escaped text if a table could not hold it as code.
  static func code(_ text: String) -> String {
    let text = text.printable
    let isPlain = !text.isEmpty && !text.utf8.contains { [0x60, 0x7C, 0x5C].contains($0) }
    return isPlain ? "`\(text)`" : escaped(text)
  }

  /// Returns prose in which backticks mark code and the only other markup are items and paragraphs.
  static func prose(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { line in
      let parts = line.split(separator: "`", omittingEmptySubsequences: false)
      return parts.enumerated().map { index, part in
        let isCode = index % 2 == 1 && index < parts.count - 1
        if isCode { return code(String(part)) }
        // The backtick before a last part that nothing closes.
        return (index % 2 == 1 ? "\\`" : "") + escaped(String(part))
      }.joined()
    }.joined(separator: "\n")
  }

  /// Returns lines as a block of code, whatever they contain.
  static func block(_ text: String) -> String {
    let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)text\n\(text.printableLines)\n\(fence)\n"
  }

  static func row(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |\n"
  }

  /// Returns the row of titles and the line below it; columns in `numbers` are aligned right.
  static func head(_ titles: [String], numbers: Set<Int> = []) -> String {
    row(titles) + row(titles.indices.map { numbers.contains($0) ? "---:" : "---" })
  }

  private static func isMarkup(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "&", "$", "#": true
    default: false
    }
  }
}
