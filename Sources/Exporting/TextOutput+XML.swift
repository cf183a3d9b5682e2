import COCO

extension TextOutput {
  /// Text between tags, escaped. What XML 1.0 cannot hold, even escaped, becomes U+FFFD and is
  /// counted.
  mutating func append(xml text: String, losses: inout Losses) {
    append(verbatim: XMLText.escaped(text, losses: &losses))
  }
}

/// XML as text: https://www.w3.org/TR/xml/#charsets
enum XMLText {
  static func escaped(_ text: String, losses: inout Losses) -> String {
    if text.utf8.allSatisfy(isPlain) { return text }
    var escaped = ""
    var isWhole = true
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      // Unescaped, a parser would make it a line feed.
      case "\r": escaped += "&#13;"
      case "\0"..<" " where scalar != "\t" && scalar != "\n", "\u{FFFE}", "\u{FFFF}":
        escaped.unicodeScalars.append("\u{FFFD}")
        isWhole = false
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    if !isWhole { losses.add(.unwritableText) }
    return escaped
  }

  /// Whether the byte needs no look at the character that it is of. U+FFFE begins with 0xEF.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), 0xEF: false
    default: byte >= 0x20 || byte == 0x09 || byte == 0x0A
    }
  }

  /// Whether this can be an element's name. XML also allows most letters beyond ASCII, but parsers
  /// disagree on which.
  static func isElementName(_ name: String) -> Bool {
    var isFirst = true
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "_"):
        break
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
        if isFirst { return false }
      default: return false
      }
      isFirst = false
    }
    return !isFirst
  }
}
