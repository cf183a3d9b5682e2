import COCO

/// The buffer of JSON, which serves other texts too, with the same bytes and the same shortest
/// numbers.
typealias TextOutput = JSONOutput

extension TextOutput {
  /// Appends a number or flag as text; nothing of other values.
  mutating func append(plain value: JSONValue) {
    switch value {
    case .bool, .integer, .number, .literal: append(value)
    case .null, .string, .array, .object: break
    }
  }
}

extension JSONValue {
  /// Whether a field of text can hold it.
  var isText: Bool {
    switch self {
    case .bool, .integer, .literal, .string: true
    case .number(let number): number.isFinite
    case .null, .array, .object: false
    }
  }
}

extension TextOutput {
  /// Appends a text that every YAML parser reads as exactly this text: plain if that is certain,
  /// and otherwise in double quotes with unprintable characters escaped.
  mutating func append(yaml text: String) {
    if YAMLText.isPlain(text) { return append(verbatim: text) }
    raw("\"")
    for scalar in text.unicodeScalars { append(verbatim: YAMLText.escaped(scalar)) }
    raw("\"")
  }
}

/// The text of YAML 1.1 and 1.2: https://yaml.org/spec/1.2.2/#55-printable-characters
enum YAMLText {
  /// The words that some parser reads as a Boolean or null.
  private static let words: Set<String> = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null",
  ]

  static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first), text.utf8.last != UInt8(ascii: " ") else {
      return false
    }
    let isSimple = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: "_"),
        UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"):
        true
      default: isLetter(byte)
      }
    }
    return isSimple && !words.contains(text.lowercased())
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    default: false
    }
  }

  /// Returns a character within double quotes.
  static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    // Controls, line ends beyond ASCII's, the byte order mark, and what is no character.
    case "\0"..<" ", "\u{7F}"..."\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}",
      "\u{FFFE}"..."\u{FFFF}":
      let digits = String(scalar.value, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: return String(scalar)
    }
  }
}
