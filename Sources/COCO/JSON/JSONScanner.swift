/// A scanner that finds the ends of JSON values without reading them, for texts that simdjson does
/// not get as a whole.
enum JSONScanner {
  /// The result of a scan for the end of a value.
  enum End: Equatable {
    /// The offset after the value.
    case found(Int)
    /// The text ends first.
    case open
    /// A bracket at this offset closes what was not opened, or opens where a name is expected.
    case mismatch(Int)
  }

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  static func skipBlanks(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index < text.count, isBlank(text[index]) { index += 1 }
    return index
  }

  /// Returns the end of the string, number or word that begins at `start`; nil if the text ends
  /// before it is certain.
  static func scalarEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = start
    guard index < text.count, text[index] == UInt8(ascii: "\"") else {
      while index < text.count, !endsWord(text[index]) { index += 1 }
      return index < text.count ? index : nil
    }
    index += 1
    while index < text.count, text[index] != UInt8(ascii: "\"") {
      index += text[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index < text.count ? index + 1 : nil
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ":"): true
    default: isBlank(byte)
    }
  }

  /// Returns whether the text is a number in JSON's form, however large.
  static func isNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var rest = text[...]
    func digits() -> Int {
      let count = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let startsWithZero = rest.first == UInt8(ascii: "0")
    let whole = digits()
    guard whole == 1 || (whole > 1 && !startsWithZero) else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard digits() > 0 else { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
        rest = rest.dropFirst()
      }
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  /// Returns the end of the value that begins at `start`, skipping nested values and strings.
  static func valueEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> End {
    var open: [UInt8] = []
    var index = start
    var isNameDue = false
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        // The brace of the next record, where this one's was forgotten.
        if isNameDue { return .mismatch(index) }
        open.append(text[index] == UInt8(ascii: "[") ? UInt8(ascii: "]") : UInt8(ascii: "}"))
        isNameDue = text[index] == UInt8(ascii: "{")
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        guard open.popLast() == text[index] else { return .mismatch(index) }
        if open.isEmpty { return .found(index + 1) }
        isNameDue = false
      case UInt8(ascii: ","): isNameDue = open.last == UInt8(ascii: "}")
      case let byte where isBlank(byte) || byte == UInt8(ascii: ":"): break
      default:
        guard let end = scalarEnd(in: text, from: index) else { return .open }
        if open.isEmpty { return .found(end) }
        isNameDue = false
        index = end
        continue
      }
      index += 1
    }
    return .open
  }

  /// Returns the first place at or after `start` at which one object ends and the next begins, `}`
  /// `,` `{`: the offset of the second brace. It is a guess, since strings and nested values are
  /// not examined.
  static func likelyBoundary(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < text.count {
      guard text[index] == UInt8(ascii: "}") else {
        index += 1
        continue
      }
      let comma = skipBlanks(in: text, from: index + 1)
      if comma < text.count, text[comma] == UInt8(ascii: ",") {
        let brace = skipBlanks(in: text, from: comma + 1)
        if brace < text.count, text[brace] == UInt8(ascii: "{") { return brace }
      }
      index += 1
    }
    return nil
  }

  /// Returns the offsets of control characters within the strings of a text, except line ends:
  /// these are more likely to follow a string that was not closed.
  static func controls(in text: UnsafeBufferPointer<UInt8>) -> [Int] {
    var offsets: [Int] = []
    var isInString = false
    var index = 0
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\""): isInString.toggle()
      case UInt8(ascii: "\\") where isInString: index += 1
      case 0x0A, 0x0D: break
      case 0..<0x20 where isInString: offsets.append(index)
      default: break
      }
      index += 1
    }
    return offsets
  }

  /// Returns the place in a broken element at which the next record begins, or the array ends, that
  /// an unclosed string has swallowed.
  static func swallowed(by element: UnsafeBufferPointer<UInt8>) -> Int? {
    if let end = likelyArrayEnd(in: element, from: 1, isLast: false) { return end }
    // Such a string's record and the next one end at the same brace.
    guard let next = lastLikelyBoundary(in: element),
      valueEnd(in: element, from: next) == .found(element.count)
    else { return nil }
    return next
  }

  /// Returns the place at which reading can continue after a fault at `start`: the first likely
  /// boundary or end of the array after it.
  static func resumption(
    in text: UnsafeBufferPointer<UInt8>, from start: Int, isLast: Bool
  ) -> Int? {
    // The bracket at `start` may stand for the brace that ends the record.
    let comma = skipBlanks(in: text, from: start + 1)
    if comma < text.count, text[comma] == UInt8(ascii: ",") {
      let brace = skipBlanks(in: text, from: comma + 1)
      if brace < text.count, text[brace] == UInt8(ascii: "{") { return brace }
    }
    let boundary = likelyBoundary(in: text, from: start)
    let rest = UnsafeBufferPointer(rebasing: text[..<(boundary ?? text.count)])
    return likelyArrayEnd(in: rest, from: start, isLast: isLast && boundary == nil) ?? boundary
  }

  /// Returns the first bracket at or after `start` that closes an array of COCO's outermost level:
  /// another of its keys follows, or the file's last brace.
  private static func likelyArrayEnd(
    in text: UnsafeBufferPointer<UInt8>, from start: Int, isLast: Bool
  ) -> Int? {
    for index in start..<max(text.count, start) where text[index] == UInt8(ascii: "]") {
      let next = skipBlanks(in: text, from: index + 1)
      guard next < text.count else { continue }
      if text[next] == UInt8(ascii: ",") {
        let key = text[skipBlanks(in: text, from: next + 1)...]
        if outermostKeys.contains(where: { key.starts(with: $0.utf8) }) { return index }
      } else if text[next] == UInt8(ascii: "}"), isLast,
        skipBlanks(in: text, from: next + 1) == text.count
      {
        return index
      }
    }
    return nil
  }

  private static let outermostKeys = [
    "\"images\"", "\"annotations\"", "\"categories\"", "\"info\"", "\"licenses\"",
  ]

  /// Returns the last likely boundary in the text.
  static func lastLikelyBoundary(in text: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = text.count - 1
    while index > 0 {
      if text[index] == UInt8(ascii: "{") {
        let comma = skipBlanksBackward(in: text, before: index)
        if comma >= 0, text[comma] == UInt8(ascii: ",") {
          let close = skipBlanksBackward(in: text, before: comma)
          if close >= 0, text[close] == UInt8(ascii: "}") { return index }
        }
      }
      index -= 1
    }
    return nil
  }

  /// Returns the offset of the last byte before `end` that is not blank; -1 if there is none.
  static func skipBlanksBackward(in text: UnsafeBufferPointer<UInt8>, before end: Int) -> Int {
    var index = end - 1
    while index >= 0, isBlank(text[index]) { index -= 1 }
    return index
  }
}
