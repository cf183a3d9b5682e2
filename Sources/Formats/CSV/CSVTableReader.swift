import COCO
import Files

/// A reader of tables, in parallel pieces.
struct CSVTableReader: Sendable {
  let options: ImportOptions
  /// The bytes of text that a task reads at once.
  var pieceBytes = 4 << 20

  /// Reads the file at `path`. Throws a `CSVFault` if nothing can be read from it, and a
  /// `FileError` if it cannot be opened.
  func read(_ path: String, source: Int) async throws -> CSVTable {
    let options = options
    let text = try CSVText(InputFile.contents(path))
    let layout = try text.bytes.withUnsafeBufferPointer { bytes in
      try CSVLayout(of: bytes, from: text.start, path: path, options: options)
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

  /// Returns the layout of a table by its first bytes; nil if it is no table of boxes.
  static func glance(at path: String) -> CSVLayout? {
    try? layout(ofHead: path)
  }

  /// Describes why a table is not read, after its line and column; returns nil if it is.
  static func complaint(about path: String) -> String? {
    do throws(CSVFault) {
      _ = try layout(ofHead: path)
      return nil
    } catch {
      var sources = Sources()
      let origin = Origin(file: sources.add(path), offset: error.offset)
      var finder = PlaceFinder(sources)
      let place = finder.place(of: origin)
      return "\(place.line):\(place.column): \(error.message)"
    }
  }

  /// Returns the layout by the first bytes; nil if the file cannot be opened.
  private static func layout(ofHead path: String) throws(CSVFault) -> CSVLayout? {
    let size = 65536
    guard let file = try? InputFile(path), var head = try? file.bytes(at: 0, count: size) else {
      return nil
    }
    if head.count == size, let end = head.lastIndex(of: UInt8(ascii: "\n")) {
      // A UTF-16 line feed is two bytes.
      head.removeSubrange(min(end + 1 + (end + 1) % 2, head.count)...)
    }
    let text = try CSVText(head)
    return try text.bytes.withUnsafeBufferPointer { bytes throws(CSVFault) in
      try CSVLayout(
        of: bytes, from: text.start, path: path, options: ImportOptions(), isGlance: true)
    }
  }
}

/// The tables of the inputs; those that cannot be read are reported.
struct CSVInputs {
  let reader: CSVTableReader
  private(set) var tables: [CSVTable] = []
  private var faults: [(fault: CSVFault, source: Int, isChosen: Bool)] = []

  init(_ options: ImportOptions) {
    reader = CSVTableReader(options: options)
  }

  /// Returns the files of an input that may be tables of boxes.
  static func files(of input: InputTree) -> [String] {
    guard input.isFolder else { return input.files }
    return CSVEvidence.tables(in: input)
  }

  /// Reads the tables of inputs. Throws a `FileError` if a file that the user named cannot be
  /// opened.
  mutating func read(_ inputs: [InputTree], into imported: inout Imported) async throws {
    for input in inputs {
      imported.reportUnreadable(in: input)
      let files = Self.files(of: input)
      if files.isEmpty { imported.notes.append("\(input.path) holds no .csv or .tsv file") }
      for file in files {
        try await read(file, isChosen: !input.isFolder, source: imported.sources.add(file))
      }
    }
    for (fault, source, isChosen) in faults {
      // A folder of tables may hold others that are about something else.
      let isOther = fault.kind == .missingField && !isChosen && !tables.isEmpty
      imported.findings.append(
        Finding(
          fault.kind, severity: isOther ? .warning : .error, fault.message,
          at: Origin(file: source, offset: fault.offset)))
    }
  }

  private mutating func read(_ file: String, isChosen: Bool, source: Int) async throws {
    do {
      tables.append(try await reader.read(file, source: source))
    } catch let fault as CSVFault {
      faults.append((fault, source, isChosen))
    } catch let error as FileError where !isChosen {
      faults.append((CSVFault(.unreadableFile, error.problem, 0), source, true))
    }
  }
}
