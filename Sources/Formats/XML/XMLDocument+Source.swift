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

  /// Where in the file the blanks before and behind an element's text stand; none where references
  /// or marked sections stand for them, or something more than the text is in the element.
  func blanks(around element: Int) -> [Range<Int>] {
    let isPlain = !bytes.starts(with: [0xFF, 0xFE]) && !bytes.starts(with: [0xFE, 0xFF])
    let step = isPlain ? 1 : 2
    let low = bytes.first == 0xFE ? 1 : 0
    func character(_ offset: Int) -> UInt8 {
      guard offset + step <= bytes.count else { return 0 }
      return isPlain || bytes[offset + 1 - low] == 0 ? bytes[offset + (isPlain ? 0 : low)] : 0xFF
    }
    func next(_ wanted: UInt8, from offset: Int) -> Int? {
      stride(from: offset, to: bytes.count, by: step).first { character($0) == wanted }
    }
    guard let opening = next(UInt8(ascii: ">"), from: elements[element].offset),
      let end = next(UInt8(ascii: "<"), from: opening), character(end + step) == UInt8(ascii: "/")
    else { return [] }
    let start = opening + step
    var first = start
    while first < end, isBlank(character(first)) { first += step }
    var last = end
    while last > first, isBlank(character(last - step)) { last -= step }
    return [start..<first, last..<end].filter { !$0.isEmpty }
  }
}
