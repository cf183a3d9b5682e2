extension String {
  /// The words in lines of at most `width` columns, as far as they fit. Empty lines stay, and a
  /// line that begins with `- ` begins an item, whose further lines stand below its first word.
  func wrapped(to width: Int) -> String {
    var lines: [String] = []
    var line = ""
    var indentation = ""
    for source in split(separator: "\n", omittingEmptySubsequences: false) {
      let words = source.split(separator: " ")
      let isItem = words.first == "-"
      if words.isEmpty || isItem {
        if !line.isEmpty { lines.append(line) }
        line = ""
        indentation = ""
        if words.isEmpty { lines.append("") }
      }
      for word in words {
        if line.isEmpty {
          line = String(word)
        } else if line.columns + 1 + String(word).columns <= width {
          line += " " + word
        } else {
          lines.append(line)
          line = indentation + word
        }
        if isItem { indentation = "  " }
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines.joined(separator: "\n")
  }

  /// Every line that is not empty behind so many blanks.
  func indented(by count: Int) -> String {
    let blanks = String(repeating: " ", count: count)
    let lines = split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { $0.isEmpty ? "" : blanks + $0 }.joined(separator: "\n")
  }
}
