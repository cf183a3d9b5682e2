import COCO
import Files

/// Reads tables, in parallel pieces.
struct CSVTableReader: Sendable {
  let options: ImportOptions
  /// How much text a task reads in one go.
  var pieceBytes = 4 << 20

  /// Reads the file at `path`. Throws a `CSVFault` where nothing can be read from it, and a
  /// `FileError` where it cannot be opened.
  func read(_ path: String, source: Int) async throws -> CSVTable {
    let options = options
    let text = try CSVText(InputFile.contents(path))
    let layout = try text.bytes.withUnsafeBufferPointer { bytes in
      try CSVLayout(of: bytes, from: text.start, path: path, chosen: options.csvColumns)
    }
    let cuts = text.bytes.withUnsafeBufferPointer { bytes in
      var scanner = CSVRowScanner(bytes, layout.dialect, shape: layout.columns.shape)
      return scanner.cuts(from: layout.dataStart, size: pieceBytes)
    }
    var table = CSVTable(path: path, source: source, text: text, layout: layout)
    let work: @Sendable (Int) -> CSVPiece = { index in
      text.bytes.withUnsafeBufferPointer { bytes in
        var reader = CSVRowReader(
          text, in: bytes, layout: layout, source: source, options: options)
        reader.read(cuts[index]..<cuts[index + 1])
        return reader.piece
      }
    }
    try await options.tasks.run(cuts.count - 1, work: work) { _, piece in
      table.add(piece)
      return true
    }
    table.group()
    return table
  }

  /// What the table looks like from its first bytes; nil where it is no table of boxes.
  static func glance(at path: String) -> CSVLayout? {
    let size = 65536
    guard let file = try? InputFile(path), var head = try? file.bytes(at: 0, count: size) else {
      return nil
    }
    if head.count == size, let end = head.lastIndex(of: UInt8(ascii: "\n")) {
      // A UTF-16 line feed is two bytes.
      head.removeSubrange(min(end + 1 + (end + 1) % 2, head.count)...)
    }
    guard let text = try? CSVText(head) else { return nil }
    return text.bytes.withUnsafeBufferPointer { bytes in
      try? CSVLayout(of: bytes, from: text.start, path: path)
    }
  }
}
