import Files

/// The bytes of a text file, read character by character in place.
///
/// The characters that give a file its structure are ASCII, so all others read as 0xFF here.
struct EncodedText: Sendable {
  let bytes: [UInt8]
  /// The start of the text, after the byte order mark.
  let start: Int
  let unit: TextUnit

  init(_ bytes: [UInt8]) {
    // XML may do without the mark: its first character tells.
    let less = UInt8(ascii: "<")
    if bytes.starts(with: [less, 0]) {
      self.init(bytes, unit: .utf16LittleEndian, start: 0)
    } else if bytes.starts(with: [0, less]) {
      self.init(bytes, unit: .utf16BigEndian, start: 0)
    } else {
      self.init(marked: bytes)
    }
  }

  /// Creates a text whose encoding only a byte order mark defines.
  init(marked bytes: [UInt8]) {
    let unit = TextUnit(bytes)
    self.init(bytes, unit: unit, start: unit.byteOrderMark(of: bytes))
  }

  private init(_ bytes: [UInt8], unit: TextUnit, start: Int) {
    self.bytes = bytes
    self.unit = unit
    self.start = start
  }

  /// The bytes of a character, but for a pair of UTF-16.
  var step: Int { unit.size }
  var isUTF16: Bool { unit != .byte }

  /// The character at an offset of the file; 0xFF if it is not ASCII, 0 beyond the end.
  subscript(offset: Int) -> UInt8 {
    if unit == .byte { return offset >= 0 && offset < bytes.count ? bytes[offset] : 0 }
    guard offset >= 0, offset + 1 < bytes.count else { return 0 }
    let low = unit.lowByte
    return bytes[offset + 1 - low] == 0 && bytes[offset + low] < 0x80 ? bytes[offset + low] : 0xFF
  }

  /// Returns the bytes that stand for `text` in this file.
  func encode(_ text: String) -> [UInt8] {
    if unit == .byte { return Array(text.utf8) }
    let isLittle = unit == .utf16LittleEndian
    return text.utf16.flatMap { code in
      let (low, high) = (UInt8(code & 0xFF), UInt8(code >> 8))
      return isLittle ? [low, high] : [high, low]
    }
  }

  /// Returns the characters from an offset on, a byte each; what is not ASCII is 0xFF in UTF-16.
  func ascii(_ range: Range<Int>) -> [UInt8] {
    unit == .byte
      ? Array(bytes[range])
      : stride(from: range.lowerBound, to: range.upperBound, by: 2)
        .map { self[$0] }
  }

  /// Returns whether `word` stands at an offset.
  func holds(_ word: StaticString, at offset: Int) -> Bool {
    for index in 0..<word.utf8CodeUnitCount
    where self[offset + index * step] != word.utf8Start[index] {
      return false
    }
    return true
  }

  /// Returns the offset of the first `word` at or behind `offset`.
  func first(_ word: StaticString, from offset: Int) -> Int? {
    var index = offset
    while index < bytes.count {
      if holds(word, at: index) { return index }
      index += step
    }
    return nil
  }

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }

  /// Returns the range without the blanks at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, Self.isBlank(self[start]) { start += step }
    while end > start, Self.isBlank(self[end - step]) { end -= step }
    return start..<end
  }

  /// Returns the whole lines, with the last one's end, if only blanks share them with `range`;
  /// otherwise `range`.
  func wholeLines(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    while start > self.start, Self.isBlank(self[start - step]), !isLineEnd(start - step) {
      start -= step
    }
    guard start == self.start || isLineEnd(start - step) else { return range }
    var end = range.upperBound
    while Self.isBlank(self[end]), !isLineEnd(end) { end += step }
    guard end < bytes.count, isLineEnd(end) else { return range }
    return start..<behindLineEnd(end)
  }

  func isLineEnd(_ offset: Int) -> Bool {
    self[offset] == UInt8(ascii: "\n") || self[offset] == UInt8(ascii: "\r")
  }

  /// Returns the offset behind the line end at `offset`, CR LF being one.
  func behindLineEnd(_ offset: Int) -> Int {
    let isPair = self[offset] == UInt8(ascii: "\r") && self[offset + step] == UInt8(ascii: "\n")
    return offset + (isPair ? 2 : 1) * step
  }
}
