/// A place in a text file as people count: lines and columns from 1, columns in characters.
public struct Place: Sendable, Hashable, CustomStringConvertible {
  public var path: String
  public var line: Int
  public var column: Int

  /// Line and column count from 1.
  public init(path: String, line: Int, column: Int) {
    self.path = path
    self.line = line
    self.column = column
  }

  /// `path:line:column`
  public var description: String { "\(path):\(line):\(column)" }
}

/// Turns origins into places. Keeps the last file's line starts and the last place, so that the
/// findings of one file, which come together, read it once, and those of one line count it once.
public struct PlaceFinder {
  private let sources: Sources
  private var file = -1
  private var bytes: [UInt8] = []
  private var lineStarts: [Int] = []
  private var unit = TextUnit.byte
  /// An offset in the file and the characters before it on its line: in a JSON file, which may be
  /// one line, counting from the line's start each time would be quadratic.
  private var counted = (line: -1, offset: 0, characters: 0)

  /// A finder for origins among these files.
  public init(_ sources: Sources) {
    self.sources = sources
  }

  /// Line 1, column 1 where the file can no longer be read.
  public mutating func place(of origin: Origin) -> Place {
    if origin.file != file { load(origin.file) }
    let line = lineStarts.partitioningIndex { $0 > origin.offset }
    let start = lineStarts[max(line - 1, 0)]
    let end = min(max(origin.offset, start), bytes.count)
    return Place(
      path: sources.paths[origin.file], line: max(line, 1),
      column: 1 + characters(from: min(start, end), to: end, line: line))
  }

  private mutating func characters(from start: Int, to end: Int, line: Int) -> Int {
    guard unit == .byte else { return unit.characters(in: bytes[start..<end]) }
    if counted.line != line || counted.offset > end { counted = (line, start, 0) }
    counted.characters += unit.characters(in: bytes[counted.offset..<end])
    counted.offset = end
    return counted.characters
  }

  private mutating func load(_ index: Int) {
    file = index
    counted.line = -1
    bytes = (try? InputFile.contents(sources.paths[index])) ?? []
    unit = TextUnit(bytes)
    lineStarts = unit.lineStarts(in: bytes)
  }
}

/// How wide the characters of a file are, as its byte order mark says.
private enum TextUnit {
  case byte, utf16LittleEndian, utf16BigEndian

  init(_ bytes: [UInt8]) {
    self =
      if bytes.starts(with: [0xFF, 0xFE]) {
        .utf16LittleEndian
      } else if bytes.starts(with: [0xFE, 0xFF]) {
        .utf16BigEndian
      } else {
        .byte
      }
  }

  func lineStarts(in bytes: [UInt8]) -> [Int] {
    var starts = [0]
    let newline = UInt8(ascii: "\n")
    switch self {
    case .byte:
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { starts = [3] }
      for (index, byte) in bytes.enumerated() where byte == newline {
        starts.append(index + 1)
      }
    case .utf16LittleEndian, .utf16BigEndian:
      starts = [2]
      let low = self == .utf16LittleEndian ? 0 : 1
      for index in stride(from: 0, to: bytes.count - 1, by: 2)
      where bytes[index + low] == newline && bytes[index + 1 - low] == 0 {
        starts.append(index + 2)
      }
    }
    return starts
  }

  /// The units of UTF-16 that do not end a pair.
  private static func characters(inUTF16 bytes: ArraySlice<UInt8>, high: Int) -> Int {
    stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).count {
      bytes[$0 + high] & 0xFC != 0xDC
    }
  }

  func characters(in bytes: ArraySlice<UInt8>) -> Int {
    switch self {
    case .byte: bytes.count { $0 & 0xC0 != 0x80 }
    case .utf16LittleEndian: Self.characters(inUTF16: bytes, high: 1)
    case .utf16BigEndian: Self.characters(inUTF16: bytes, high: 0)
    }
  }
}

extension Array where Element: Comparable {
  /// The first index whose element `belongs` to the second part of the ordered array.
  func partitioningIndex(_ belongs: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
