extension String {
  /// The text without blanks, controls and characters that show nothing at its ends.
  public var withoutInvisibleEnds: String {
    guard let first = unicodeScalars.first, let last = unicodeScalars.last,
      first.isInvisible || last.isInvisible
    else { return self }
    let rest = unicodeScalars.drop(while: \.isInvisible)
    let end = rest.lastIndex { !$0.isInvisible }
    return String(Substring.UnicodeScalarView(end.map { rest[...$0] } ?? rest))
  }

  /// The text in quotes, what cannot be seen in it as `U+00A0`.
  public var quotedWithInvisibles: String {
    var text = "\""
    for scalar in unicodeScalars {
      if scalar.isInvisible, scalar != " " {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        text += "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}

extension Unicode.Scalar {
  /// Whether the character is a blank, a control character, or has no visible form: U+FEFF, U+200B.
  var isInvisible: Bool {
    if value < 0x7F { return value <= 0x20 }
    let category = properties.generalCategory
    return properties.isWhitespace || category == .control || category == .format
  }
}
