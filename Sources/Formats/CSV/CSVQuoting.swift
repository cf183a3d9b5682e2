import COCO

extension TextOutput {
  /// A field, in quotes where it needs them.
  mutating func append(csv text: String) {
    append(verbatim: CSVQuoting.quoted(text))
  }
}

/// CSV as text: RFC 4180, with line feeds.
enum CSVQuoting {
  /// In quotes also where a reader that guesses the delimiter or trims blanks could be misled.
  static func quoted(_ text: String) -> String {
    guard needsQuotes(text) else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }

  private static func needsQuotes(_ text: String) -> Bool {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: ";"), UInt8(ascii: "|"),
        UInt8(ascii: "'"), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
        false
      default: true
      }
    }
    let blank = UInt8(ascii: " ")
    return !isPlain || text.utf8.first == blank || text.utf8.last == blank
  }
}
