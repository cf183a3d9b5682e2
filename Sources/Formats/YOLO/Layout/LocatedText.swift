import COCO
import Files

/// A small text file, decoded, with the places of its characters in the file.
struct LocatedText: Sendable {
  /// One line without its end.
  struct Line: Sendable {
    var text: Substring
    /// The start of the line in bytes of the file.
    var offset: Int
  }

  /// The text without a byte order mark.
  let text: String
  /// The number of bytes of the byte order mark.
  private let start: Int
  private let unit: TextUnit
  /// The lines, ended by LF, CR LF or CR.
  private(set) var lines: [Line] = []

  /// Reads the file at `path` and returns it with its index in the sources; nil, with a finding, if
  /// its encoding is not known.
  static func read(
    _ path: String, into imported: inout Imported
  ) throws(FileError) -> (text: LocatedText, file: Int)? {
    let bytes = try InputFile.contents(path)
    let file = imported.sources.add(path)
    if let text = LocatedText(bytes) { return (text, file) }
    imported.findings.append(
      Finding(
        .unsupportedEncoding, "expected UTF-8, or UTF-16 with a byte order mark",
        at: Origin(file: file, offset: 0)))
    return nil
  }

  /// Decodes a text; nil if the bytes are neither UTF-8 nor UTF-16 with a byte order mark.
  init?(_ bytes: [UInt8]) {
    unit = TextUnit(bytes)
    start = unit.byteOrderMark(of: bytes)
    let content = bytes[start...]
    let decoded =
      unit == .byte
      ? String(validating: content, as: UTF8.self)
      : String(validating: unit.codeUnits(of: content), as: UTF16.self)
    guard let whole = decoded else { return nil }
    text = whole
    lines = split()
  }

  private func split() -> [Line] {
    var lines: [Line] = []
    let bytes = text.utf8
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let stop = bytes[index...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.endIndex
      lines.append(Line(text: text[index..<stop], offset: offset(of: index)))
      guard stop < bytes.endIndex else { break }
      index = bytes.index(after: stop)
      if bytes[stop] == 0x0D, index < bytes.endIndex, bytes[index] == 0x0A {
        index = bytes.index(after: index)
      }
    }
    return lines
  }

  /// Returns the offset in the file of a line and column as libyaml counts them: from 1, in Unicode
  /// scalars.
  func offset(line: Int, column: Int) -> Int {
    guard line >= 1, line <= lines.count else { return offset(of: text.endIndex) }
    let scalars = lines[line - 1].text.unicodeScalars
    let index = scalars.index(
      scalars.startIndex, offsetBy: max(column - 1, 0), limitedBy: scalars.endIndex)
    return offset(of: index ?? scalars.endIndex)
  }

  func offset(of index: String.Index) -> Int {
    guard unit != .byte else {
      return start + text.utf8.distance(from: text.utf8.startIndex, to: index)
    }
    return start + unit.size * text.utf16.distance(from: text.utf16.startIndex, to: index)
  }
}

extension Substring {
  /// The text without the blanks and tabs around it.
  var trimmed: Substring {
    func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    guard let first = utf8.firstIndex(where: { !isBlank($0) }),
      let last = utf8.lastIndex(where: { !isBlank($0) })
    else { return self[endIndex...] }
    return self[first...last]
  }
}
