internal import CSimdJSON
public import Files

/// A reader of COCO JSON files: instances, keypoints and captions.
///
/// Records that cannot be read are rejected one by one, each with its place; all others are kept
/// with every key. A file that is cut off gives all its complete records.
public struct COCOReader: Sendable {
  /// The tasks that read in parallel.
  public var tasks: OrderedTasks
  /// Whether values that are read in spite of the way they are written become findings, each with
  /// its place and a fix.
  public var tellsRepairs = false
  /// Whether an id that is a text is another one than the number that it reads as, as in Python.
  public var keepsTextIDs = false
  /// Whether rings of too few corners are reported, for callers that run no rules.
  public var tellsRings = false
  /// Whether an image of a file of lines keeps the `detections` that stand with it.
  public var keepsDetections = true
  /// Whether an image without `file_name` is rejected. LVIS has none, and metrics need none.
  public var needsFileNames = true
  /// The number of bytes of a file of lines that `LinesWindows` holds at a time; a longer line is
  /// held whole.
  public var windowSize = 16 << 20
  var sizes = JSONReadSizes()

  /// Creates a reader that reads with these tasks.
  public init(tasks: OrderedTasks) {
    self.tasks = tasks
  }

  /// Reads the dataset in `file`, whose index among the sources is `source`.
  public func read(_ file: InputFile, source: Int) async throws(FileError) -> COCOContents {
    if file.holdsLines { return try await readLines(file, source: source) }
    return try await collect(file, source: source) { collector in
      var document = JSONDocumentReader(file)
      try await readDocument(&document, source: source, into: &collector)
    }
  }

  /// Returns what `body` collects of a file.
  ///
  /// - Parameter highest: The number after which annotations without an id are numbered in a part
  ///   of a file; nil if the whole is collected.
  func collect(
    _ file: InputFile, source: Int, numbersAfter highest: Int? = nil,
    _ body: (inout COCOCollector) async throws -> Void
  ) async throws(FileError) -> COCOContents {
    var collector = COCOCollector(
      expectedBytes: highest == nil ? file.size : 0, source: source, keepsTextIDs: keepsTextIDs)
    collector.numbersAfter = highest
    do {
      try await body(&collector)
    } catch let fault as JSONDocumentReader.Fault {
      if !fault.isTold { collector.add(fault.finding(severity: .error, source: source)) }
    } catch let error as FileError {
      throw error
    } catch {
      fatalError("unexpected error while reading JSON: \(error)")
    }
    return collector.finish()
  }

  private func readDocument(
    _ document: inout JSONDocumentReader, source: Int, into collector: inout COCOCollector
  ) async throws {
    try document.refuseOtherEncodings()
    guard try document.peekPastBlanks() != nil else {
      throw JSONDocumentReader.Fault(message: "the file is empty", offset: 0)
    }
    let start = document.position
    guard try document.skip("{") else { throw try Self.refusal(of: document, at: start) }
    if try !document.skip("}") {
      try await readMembers(&document, source: source, into: &collector)
    }
    guard try document.peekPastBlanks() == nil else {
      throw JSONDocumentReader.Fault(
        message: "expected the end of the file after the last brace", offset: document.position)
    }
  }

  /// Returns the reason why a file that is no object is no dataset.
  private static func refusal(
    of document: JSONDocumentReader, at start: Int
  ) throws -> JSONDocumentReader.Fault {
    let head = String(
      decoding: try document.file.bytes(at: start, count: 4096), as: UTF8.self)
    guard head.hasPrefix("[") else {
      return JSONDocumentReader.Fault(message: "expected a JSON object", offset: start)
    }
    let expected = "expected an object with images and annotations, found a list"
    if head.includes("\"images\"") {
      return JSONDocumentReader.Fault(
        kind: .notInstances, message: "\(expected) around such an object", offset: start)
    }
    if head.includes("\"image_id\"") {
      return JSONDocumentReader.Fault(
        kind: .notInstances,
        message: "\(expected) of results, which copra evaluate reads beside their ground truth",
        offset: start)
    }
    return JSONDocumentReader.Fault(message: expected, offset: start)
  }

  private func readMembers(
    _ document: inout JSONDocumentReader, source: Int, into collector: inout COCOCollector
  ) async throws {
    var lists: Set<String> = []
    repeat {
      try await readMember(&document, source: source, lists: &lists, into: &collector)
    } while try document.skip(",")
    guard try document.skip("}") else {
      throw JSONDocumentReader.Fault(
        message: try document.peek() == nil
          ? "the file ends before its last brace" : "expected a comma or the last brace",
        offset: document.position)
    }
    if lists.isDisjoint(with: ["images", "annotations"]), let inner = collector.innerDataset {
      throw JSONDocumentReader.Fault(
        kind: .notInstances,
        message: "expected \"images\" and \"annotations\" at the outermost level, "
          + "found them within \"\(inner.path)\"", offset: inner.offset)
    }
  }

  private func readMember(
    _ document: inout JSONDocumentReader, source: Int, lists: inout Set<String>,
    into collector: inout COCOCollector
  ) async throws {
    let start = document.position
    guard try document.peekPastBlanks() == UInt8(ascii: "\""),
      case (.string(let name)?, nil) = try document.value()
    else {
      throw JSONDocumentReader.Fault(message: "expected a name", offset: document.position)
    }
    guard try document.skip(":") else {
      throw JSONDocumentReader.Fault(message: "expected a colon", offset: document.position)
    }
    let isArray = try document.peekPastBlanks() == UInt8(ascii: "[")
    if isArray, Self.lists.contains(name), !lists.insert(name).inserted {
      let again = "\"\(name)\" appears here again; both lists are read"
      collector.add(
        JSONDocumentReader.Fault(message: again, offset: start).finding(source: source))
    }
    let manner = manner
    switch name {
    case "images" where isArray:
      try await readArray(&document, name, into: &collector) { [needsFileNames] in
        ImageDecoder(source: source, needsFileName: needsFileNames).reading(in: manner)
      } taking: {
        $0.images($1)
      }
    case "annotations" where isArray:
      try await readArray(&document, name, into: &collector) {
        AnnotationDecoder(source: source).reading(in: manner)
      } taking: {
        $0.annotations($1)
      }
    case "categories" where isArray:
      try await readArray(&document, name, into: &collector) {
        CategoryDecoder(source: source).reading(in: manner)
      } taking: {
        $0.categories($1)
      }
    default:
      try readValue(of: name, &document, source: source, into: &collector)
    }
  }

  var manner: ReadingManner {
    ReadingManner(tellsRepairs: tellsRepairs, keepsTextIDs: keepsTextIDs, tellsRings: tellsRings)
  }

  /// The size in bytes from which on the memory used for a list is returned to the system after it:
  /// the next values have other sizes, and would not reuse it.
  private static let largeFile = 8 << 20

  private static let lists: Set<String> = ["images", "annotations", "categories"]

  /// Takes the value of any key that is no list of records.
  private func readValue(
    of name: String, _ document: inout JSONDocumentReader, source: Int,
    into collector: inout COCOCollector
  ) throws {
    let start = document.position
    let (value, fault) = try document.value()
    if let fault {
      let severity: Finding.Severity = value == nil ? .error : .warning
      collector.add(fault.finding(severity: severity, source: source))
    }
    guard let value, !collector.take(name, value, at: start) else { return }
    collector.add(
      Self.wrongValue(of: name, value, at: start).finding(
        severity: Self.lists.contains(name) ? .error : .warning, source: source))
  }

  /// Returns the finding of a value that COCO's key cannot have.
  static func wrongValue(
    of name: String, _ value: JSONValue, at offset: Int
  ) -> JSONDocumentReader.Fault {
    let expected = name == "info" ? "an object" : "a list"
    let message = "\"\(name)\": expected \(expected), found \(value.kindInWords)"
    return JSONDocumentReader.Fault(kind: .malformedValue, message: message, offset: offset)
  }

  private func readArray<Decoder: JSONElementDecoder>(
    _ document: inout JSONDocumentReader, _ name: String, into collector: inout COCOCollector,
    _ makeDecoder: @escaping @Sendable () -> Decoder,
    taking take: (inout COCOCollector, Decoder.Batch) -> Void
  ) async throws {
    let array = JSONArrayReader(
      file: document.file, tasks: tasks, sizes: sizes, makeDecoder: makeDecoder)
    let end = try await array.read(from: document.position + 1) { take(&collector, $0) }
    if document.file.size >= Self.largeFile { copra_json_give_back_memory() }
    switch end {
    case .closed(let offset): document.position = offset
    case .cut:
      throw JSONDocumentReader.Fault(
        message: "the file ends inside \"\(name)\"", offset: max(document.file.size - 1, 0),
        isTold: collector.endsInRecord)
    }
  }
}
