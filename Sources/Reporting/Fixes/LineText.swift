import COCO
import Files

/// A text cut into lines, each with the line feed that ends it.
struct LineText: Sendable {
  let bytes: [UInt8]

  private static let lineFeed = UInt8(ascii: "\n")

  func isLineStart(_ offset: Int) -> Bool {
    offset == 0 || bytes[offset - 1] == Self.lineFeed
  }

  /// Returns the start of the line that `offset` is on.
  func lineStart(_ offset: Int) -> Int {
    var start = offset
    while !isLineStart(start) { start -= 1 }
    return start
  }

  /// Returns the offset behind the line that `offset` is on.
  func lineEnd(_ offset: Int) -> Int {
    var end = offset
    while end < bytes.count, bytes[end] != Self.lineFeed { end += 1 }
    return min(end + 1, bytes.count)
  }

  /// Returns the lines of a range that begins and ends with whole ones.
  func lines(in range: Range<Int>) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end = lineEnd(start)
      lines.append(start..<end)
      start = end
    }
    return lines
  }

  /// Returns the number of lines that end in a range, one without a line feed at the end of the
  /// text included.
  func lineCount(in range: Range<Int>) -> Int {
    let ends = bytes[range].reduce(0) { $0 + ($1 == Self.lineFeed ? 1 : 0) }
    let isOpen =
      range.upperBound == bytes.count && !range.isEmpty && bytes[bytes.count - 1] != Self.lineFeed
    return ends + (isOpen ? 1 : 0)
  }

  /// Returns the start of up to `count` lines before the line start `offset`, not before `limit`.
  func start(ofLines count: Int, before offset: Int, limit: Int) -> Int {
    var start = offset
    for _ in 0..<count where start > limit { start = lineStart(start - 1) }
    return max(start, limit)
  }

  /// Returns the end of up to `count` lines from the line start `offset` on, not behind `limit`.
  func end(ofLines count: Int, from offset: Int, limit: Int) -> Int {
    var end = offset
    for _ in 0..<count where end < limit { end = lineEnd(end) }
    return min(end, limit)
  }
}

extension LineText {
  /// Returns the texts of a file as UTF-8, with `changes` adapted: UTF-16 is converted to UTF-8.
  static func pair(
    _ old: [UInt8], _ new: [UInt8], _ changes: [ByteChange]
  ) -> (old: LineText, new: LineText, changes: [ByteChange]) {
    let isLittle = old.starts(with: [0xFF, 0xFE])
    guard isLittle || old.starts(with: [0xFE, 0xFF]) else {
      return (LineText(bytes: old), LineText(bytes: new), changes)
    }
    let left = WideText(old, isLittleEndian: isLittle, cuts: changes.flatMap { $0.old.bounds })
    let right = WideText(new, isLittleEndian: isLittle, cuts: changes.flatMap { $0.new.bounds })
    let moved = changes.indices.map { index in
      ByteChange(
        old: left.cuts[2 * index]..<left.cuts[2 * index + 1],
        new: right.cuts[2 * index]..<right.cuts[2 * index + 1])
    }
    return (LineText(bytes: left.bytes), LineText(bytes: right.bytes), moved)
  }
}

extension Range<Int> {
  fileprivate var bounds: [Int] { [lowerBound, upperBound] }
}

/// UTF-16 converted to UTF-8, with the places in one for places in the other.
private struct WideText {
  var bytes: [UInt8] = []
  var cuts: [Int] = []

  /// Converts a file; `cuts` must be in order.
  init(_ file: [UInt8], isLittleEndian: Bool, cuts: [Int]) {
    var position = 2
    for cut in cuts + [file.count] {
      let units = stride(from: position, to: cut - 1, by: 2).map { index in
        let (first, second) = (UInt16(file[index]), UInt16(file[index + 1]))
        return isLittleEndian ? second << 8 | first : first << 8 | second
      }
      bytes += Array(String(decoding: units, as: UTF16.self).utf8)
      self.cuts.append(bytes.count)
      position = max(position, cut)
    }
  }
}
