/// An escaping of text for HTML, also between quotes; a control character, which HTML cannot hold,
/// becomes the replacement character.
///
/// It works on scalars, as browsers do: a quote with a combining accent is one character, and ends
/// an attribute.
enum MarkupEscaping {
  static func escape(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "&": escaped += "&amp;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\0"..<"\t", "\u{B}"..<" ", "\u{7F}"..<"\u{A0}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
