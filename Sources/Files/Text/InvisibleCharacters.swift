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

extension UnsafeBufferPointer<UInt8> {
  /// The bytes of UTF-8 text without what `withoutInvisibleEnds` takes away; the commonest of it, as
  /// bytes that no parser of numbers knows.
  public var withoutInvisibleEnds: UnsafeBufferPointer<UInt8> {
    var rest = self[...]
    while let count = Self.invisiblePrefix(of: rest) { rest = rest.dropFirst(count) }
    while let count = Self.invisibleSuffix(of: rest) { rest = rest.dropLast(count) }
    return UnsafeBufferPointer(rebasing: rest)
  }

  private static func invisiblePrefix(of bytes: Slice<Self>) -> Int? {
    guard let first = bytes.first else { return nil }
    if first <= 0x20 { return 1 }
    if first < 0x80 { return nil }
    return isInvisible(bytes.prefix(3)) ? 3 : isInvisible(bytes.prefix(2)) ? 2 : nil
  }

  private static func invisibleSuffix(of bytes: Slice<Self>) -> Int? {
    guard let last = bytes.last else { return nil }
    if last <= 0x20 { return 1 }
    if last < 0x80 { return nil }
    return isInvisible(bytes.suffix(3)) ? 3 : isInvisible(bytes.suffix(2)) ? 2 : nil
  }

  /// Returns whether two or three bytes are one such character: U+0080 to U+00A0, U+00AD, U+200B to
  /// U+200F, U+2028 to U+202F, U+2060, U+FEFF.
  private static func isInvisible(_ bytes: Slice<Self>) -> Bool {
    let bytes = Array(bytes)
    if bytes.count == 2 {
      return bytes[0] == 0xC2 && (bytes[1] >= 0x80 && bytes[1] <= 0xA0 || bytes[1] == 0xAD)
    }
    guard bytes.count == 3 else { return false }
    switch (bytes[0], bytes[1], bytes[2]) {
    case (0xEF, 0xBB, 0xBF), (0xE2, 0x80, 0x8B...0x8F), (0xE2, 0x80, 0xA8...0xAF),
      (0xE2, 0x81, 0xA0):
      return true
    default: return false
    }
  }
}

extension Unicode.Scalar {
  /// Blanks, controls, and what shows nothing: U+FEFF, U+200B.
  fileprivate var isInvisible: Bool {
    if value < 0x7F { return value <= 0x20 }
    let category = properties.generalCategory
    return properties.isWhitespace || category == .control || category == .format
  }
}
