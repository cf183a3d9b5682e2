import COCO
import Files

/// The excerpts of lines that are too long to read.
enum DiffExcerpt {
  /// The most bytes of a line that is shown completely.
  static let longestLine = 200
  /// The number of bytes shown before and after a change.
  private static let margin = 48
  /// The number of bytes shown of the beginning and of the end of a long change.
  private static let part = 64

  /// Returns a line without its line feed, and without its middle if it is long.
  static func start(of line: Range<Int>, in text: LineText) -> [UInt8] {
    let content = withoutLineFeed(line, in: text)
    if content.count <= longestLine { return Array(text.bytes[content]) }
    let end = boundary(content.lowerBound + longestLine / 2, in: text)
    return Array(text.bytes[content.lowerBound..<end]) + ellipsis
  }

  /// Returns changes joined if they are so close that one excerpt shows them.
  static func clusters(of changes: [ByteChange]) -> [ByteChange] {
    var clusters: [ByteChange] = []
    for change in changes {
      if let last = clusters.last, change.old.lowerBound - last.old.upperBound <= 2 * margin,
        change.new.upperBound - last.new.lowerBound <= longestLine
      {
        clusters[clusters.count - 1] = ByteChange(
          old: last.old.lowerBound..<change.old.upperBound,
          new: last.new.lowerBound..<change.new.upperBound)
      } else {
        clusters.append(change)
      }
    }
    return clusters
  }

  /// Returns the part of a line around a change.
  static func around(_ change: Range<Int>, of line: Range<Int>, in text: LineText) -> [UInt8] {
    let content = withoutLineFeed(line, in: text)
    let focus = change.clamped(to: content)
    let start = boundary(max(content.lowerBound, focus.lowerBound - margin), in: text)
    let end = boundary(min(content.upperBound, focus.upperBound + margin), in: text)
    var excerpt = start > content.lowerBound ? ellipsis : []
    if focus.count > 2 * part {
      excerpt += text.bytes[start..<boundary(focus.lowerBound + part, in: text)]
      excerpt += ellipsis
      excerpt += text.bytes[boundary(focus.upperBound - part, in: text)..<end]
    } else {
      excerpt += text.bytes[start..<end]
    }
    return end < content.upperBound ? excerpt + ellipsis : excerpt
  }

  static func isLong(_ line: Range<Int>) -> Bool { line.count > longestLine + 1 }

  private static let ellipsis = Array("…".utf8)

  private static func withoutLineFeed(_ line: Range<Int>, in text: LineText) -> Range<Int> {
    let endsLine = !line.isEmpty && text.bytes[line.upperBound - 1] == UInt8(ascii: "\n")
    return endsLine ? line.lowerBound..<line.upperBound - 1 : line
  }

  /// Returns the offset, or the next one after it at which a character of UTF-8 begins.
  private static func boundary(_ offset: Int, in text: LineText) -> Int {
    var index = offset
    while index < text.bytes.count, text.bytes[index] & 0xC0 == 0x80 { index += 1 }
    return index
  }
}
