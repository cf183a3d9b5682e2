/// The prose of rules as HTML: paragraphs, lists and code.
enum ProseMarkup {
  static func html(_ prose: String) -> String {
    var (markup, items) = ("", "")
    func endOfList() -> String { items.isEmpty ? "" : "<ul>\(items)</ul>" }
    var lines: [Substring] = []
    func endOfParagraph() -> String {
      lines.isEmpty ? "" : "<p>\(code(lines.joined(separator: " ")))</p>"
    }
    for line in prose.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("- ") {
        markup += endOfParagraph()
        lines = []
        items += "<li>\(code(String(line.dropFirst(2))))</li>"
        continue
      }
      markup += endOfList()
      items = ""
      if line.isEmpty {
        markup += endOfParagraph()
        lines = []
      } else {
        lines.append(line)
      }
    }
    return markup + endOfList() + endOfParagraph()
  }

  /// Returns the markup of text in which backticks mark code.
  private static func code(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false).map {
      MarkupEscaping.escape(String($0))
    }
    return parts.enumerated().map { index, part in
      index % 2 == 1 && index < parts.count - 1 ? "<code>\(part)</code>" : part
    }.joined()
  }
}
