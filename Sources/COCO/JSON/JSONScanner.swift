/// Finds where JSON values end without reading them: for what simdjson is not given whole.
enum JSONScanner {
  /// How a scan for the end of a value went.
  enum End: Equatable {
    /// The offset after the value.
    case found(Int)
    /// The text ends first.
    case open
    /// A bracket at this offset closes what was not opened.
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

  /// The end of the string, number or word that begins at `start`; nil where the text ends before
  /// it is certain.
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

  /// The end of the value that begins at `start`, nested values and strings passed over.
  static func valueEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> End {
    var open: [UInt8] = []
    var index = start
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "["): open.append(UInt8(ascii: "]"))
      case UInt8(ascii: "{"): open.append(UInt8(ascii: "}"))
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        guard open.popLast() == text[index] else { return .mismatch(index) }
        if open.isEmpty { return .found(index + 1) }
      case let byte where isBlank(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":"):
        break
      default:
        guard let end = scalarEnd(in: text, from: index) else { return .open }
        if open.isEmpty { return .found(end) }
        index = end
        continue
      }
      index += 1
    }
    return .open
  }

  /// The first place at or after `start` where one object ends and the next begins, `}` `,` `{`:
  /// the offset of the second brace. A guess, since strings and nested values are not looked at.
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

  /// The last such place in the text.
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

  /// The offset of the last byte before `end` that is not blank, -1 where there is none.
  static func skipBlanksBackward(in text: UnsafeBufferPointer<UInt8>, before end: Int) -> Int {
    var index = end - 1
    while index >= 0, isBlank(text[index]) { index -= 1 }
    return index
  }
}
