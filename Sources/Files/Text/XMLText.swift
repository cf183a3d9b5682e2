/// The text of XML: https://www.w3.org/TR/xml/#charsets
public enum XMLText {
  /// Returns text escaped for a place between tags, or between the double quotes of an attribute.
  /// `isWhole` is false if a character became U+FFFD because XML 1.0 cannot hold it even escaped.
  public static func escaped(
    _ text: String, inAttribute: Bool = false
  ) -> (text: String, isWhole: Bool) {
    if text.utf8.allSatisfy({ isPlain($0, inAttribute: inAttribute) }) { return (text, true) }
    var escaped = ""
    var isWhole = true
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"" where inAttribute: escaped += "&quot;"
      // Unescaped, a parser would make them a line feed, and in attributes a blank.
      case "\r": escaped += "&#13;"
      case "\n" where inAttribute: escaped += "&#10;"
      case "\t" where inAttribute: escaped += "&#9;"
      case "\0"..<" " where scalar != "\t" && scalar != "\n", "\u{FFFE}", "\u{FFFF}":
        escaped.unicodeScalars.append("\u{FFFD}")
        isWhole = false
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return (escaped, isWhole)
  }

  /// Returns whether the byte needs no look at its character. U+FFFE begins with 0xEF.
  private static func isPlain(_ byte: UInt8, inAttribute: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), 0xEF: false
    case UInt8(ascii: "\""), UInt8(ascii: "\t"), UInt8(ascii: "\n"): !inAttribute
    default: byte >= 0x20
    }
  }

  /// Returns whether this can be an element's name. XML also allows most letters beyond ASCII, but
  /// parsers disagree on which.
  public static func isElementName(_ name: String) -> Bool {
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
