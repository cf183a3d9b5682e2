import COCO
import Files

/// Reads all tables of the inputs and reports those that cannot be read.
struct CSVInputs {
  let reader: CSVTableReader
  private(set) var tables: [CSVTable] = []
  private var faults: [(fault: CSVFault, source: Int, isChosen: Bool)] = []

  init(_ options: ImportOptions) {
    reader = CSVTableReader(options: options)
  }

  /// The files of an input that may be tables of boxes.
  static func files(of input: InputTree) -> [String] {
    guard input.isFolder else { return input.files }
    return input.files(endingIn: "csv", "tsv").filter { !CSVClassList.isList($0) }
  }

  /// Throws a `FileError` where a file that the user named cannot be opened.
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
      let message = "cannot \(error.operation): \(FileError.reason(error.code))"
      faults.append((CSVFault(.unreadableFile, message, 0), source, true))
    }
  }
}
