extension XMLDocument {
  /// The file's text in `range` of its bytes, all of it where none is given.
  func source(_ range: Range<Int>? = nil) -> String {
    let range = (range ?? 0..<bytes.count).clamped(to: 0..<bytes.count)
    let littleEndian = bytes.starts(with: [0xFF, 0xFE])
    guard littleEndian || bytes.starts(with: [0xFE, 0xFF]) else {
      return String(decoding: bytes[range], as: UTF8.self)
    }
    let units = stride(from: range.lowerBound, to: range.upperBound - 1, by: 2).map { index in
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return littleEndian ? second << 8 | first : first << 8 | second
    }
    return String(decoding: units, as: UTF16.self)
  }
}
