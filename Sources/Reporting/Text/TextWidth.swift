extension String {
  /// The number of terminal columns of the text, without its colour codes.
  var columns: Int {
    if utf8.allSatisfy({ 0x20 <= $0 && $0 < 0x80 }) { return utf8.count }
    var columns = 0
    var isInColour = false
    for character in self {
      if character == "\u{1B}" { isInColour = true }
      if !isInColour { columns += character.columns }
      if character == "m" { isInColour = false }
    }
    return columns
  }

  /// Returns the text followed by blanks up to `width` columns.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(width - columns, 0))
  }

  /// Returns the text preceded by blanks up to `width` columns.
  func aligned(to width: Int) -> String {
    String(repeating: " ", count: max(width - columns, 0)) + self
  }

  /// Returns the text, or its beginning and an ellipsis if it is wider than `width` columns.
  func clipped(to width: Int) -> String {
    guard columns > width else { return self }
    var kept = ""
    var used = 0
    for character in self {
      guard used + character.columns < width else { break }
      kept.append(character)
      used += character.columns
    }
    return kept + "…"
  }

  /// The text without anything that a terminal obeys: line ends, escapes and marks that turn the
  /// direction of writing are shown by their codes. Names in datasets may hold them.
  var printable: String {
    guard unicodeScalars.contains(where: \.steersTerminals) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.steersTerminals:
        text += "\\u{\(String(scalar.value, radix: 16))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The text in isolation, so that its direction is its own in the midst of other text.
  var isolated: String { "\u{2068}\(printable)\u{2069}" }

  /// The text without anything that a terminal obeys but its line ends.
  var printableLines: String {
    let lines = split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { String($0).printable }.joined(separator: "\n")
  }
}

extension Character {
  fileprivate var columns: Int {
    guard let first = unicodeScalars.first else { return 0 }
    let isEmoji = unicodeScalars.contains {
      $0.properties.isEmojiPresentation || $0.value == 0xFE0F
    }
    return isEmoji ? 2 : first.columns
  }
}

extension Unicode.Scalar {
  /// The number of columns by Unicode's East Asian Width, wide and full-width blocks.
  fileprivate var columns: Int {
    switch value {
    case 0..<0x300: 1
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
      0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      2
    default:
      switch properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: 0
      default: 1
      }
    }
  }

  /// Whether a terminal obeys it instead of showing it.
  var steersTerminals: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

extension String {
  /// Returns the words in lines of at most `width` columns, as far as they fit. Empty lines are
  /// kept, and a line that begins with `- ` begins an item, whose further lines are aligned with
  /// its first word.
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

  /// Returns the text with each line that is not empty indented by this number of blanks.
  func indented(by count: Int) -> String {
    let blanks = String(repeating: " ", count: count)
    let lines = split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { $0.isEmpty ? "" : blanks + $0 }.joined(separator: "\n")
  }
}
