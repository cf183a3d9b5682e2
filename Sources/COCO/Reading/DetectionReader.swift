public import Files

/// A reader of COCO results files: one list of detections with boxes, masks or keypoints, or a
/// dataset whose annotations have scores.
///
/// Records that cannot be read are rejected one by one, each with its place. A file that is no
/// list, or that is cut off, has a fault: it does not hold everything that it was meant to hold.
public struct DetectionReader: Sendable {
  /// The tasks that read in parallel.
  public var tasks: OrderedTasks
  /// Whether an id that is a text differs from the number that it reads as, as in Python.
  public var keepsTextIDs = false
  /// Whether the file is the ground truth too; then only `detections` is read of its lines.
  public var holdsTruth = false
  /// The words of the ground truth and their numbers, which ids that are words get.
  public var words = IDWords()
  var sizes = JSONReadSizes()

  /// Creates a reader that reads with these tasks.
  public init(tasks: OrderedTasks) {
    self.tasks = tasks
  }

  /// Reads the detections in `file`, whose index among the sources is `source`.
  public func read(_ file: InputFile, source: Int) async throws(FileError) -> DetectionContents {
    try await read([(file, source)])
  }

  /// Reads the detections in files of one set of results, each with its index among the sources;
  /// those of the first file come first.
  public func read(
    _ files: [(file: InputFile, source: Int)]
  ) async throws(FileError) -> DetectionContents {
    var contents = DetectionContents()
    for (file, source) in files where contents.fault == nil {
      do {
        if file.holdsLines {
          try await readLines(file, source: source, into: &contents)
        } else {
          try await readList(file, source: source, into: &contents)
        }
      } catch let fault as JSONDocumentReader.Fault {
        contents.fault = fault.finding(severity: .error, source: source)
      } catch let error as FileError {
        throw error
      } catch {
        fatalError("unexpected error while reading JSON: \(error)")
      }
    }
    return contents
  }

  private func readList(
    _ file: InputFile, source: Int, into contents: inout DetectionContents
  ) async throws {
    var document = JSONDocumentReader(file)
    try document.refuseOtherEncodings()
    guard let first = try document.peekPastBlanks() else {
      throw JSONDocumentReader.Fault(message: "the file is empty", offset: 0)
    }
    if first == UInt8(ascii: "{") {
      try await readDataset(&document, source: source, into: &contents)
    } else if try document.skip("[") {
      try await readElements(&document, source: source, into: &contents)
    } else {
      throw JSONDocumentReader.Fault(
        message: "expected a list of detections, found something else", offset: document.position)
    }
    guard try document.peekPastBlanks() == nil else {
      throw JSONDocumentReader.Fault(
        message: "expected the end of the file after the list", offset: document.position)
    }
  }
}

extension DetectionReader {
  /// Reads the list behind whose bracket `document` stands.
  private func readElements(
    _ document: inout JSONDocumentReader, source: Int, into contents: inout DetectionContents
  ) async throws {
    let manner = ReadingManner(keepsTextIDs: keepsTextIDs)
    let array = JSONArrayReader(file: document.file, tasks: tasks, sizes: sizes) {
      DetectionDecoder(source: source).reading(in: manner)
    }
    let end = try await array.read(from: document.position) { contents.take($0, words) }
    guard case .closed(let offset) = end else {
      throw JSONDocumentReader.Fault(
        message: "the file ends inside the list of detections",
        offset: max(document.file.size - 1, 0))
    }
    document.position = offset
  }

  /// Reads the annotations of a dataset, as programs write that keep scores in them.
  private func readDataset(
    _ document: inout JSONDocumentReader, source: Int, into contents: inout DetectionContents
  ) async throws {
    // Nothing of it counts unless it is results; words keep the numbers that they have.
    var own = contents.empty
    let start = document.position
    _ = try document.skip("{")
    var hasList = false
    var other: String?
    if try !document.skip("}") {
      repeat {
        guard try document.peekPastBlanks() == UInt8(ascii: "\""),
          case (.string(let name)?, nil) = try document.value(), try document.skip(":")
        else {
          throw JSONDocumentReader.Fault(
            message: "expected a name and a colon", offset: document.position)
        }
        if name == "annotations", try document.skip("[") {
          hasList = true
          try await readElements(&document, source: source, into: &own)
        } else {
          let (value, fault) = try document.value()
          if let fault, fault.kind == .malformedFile { throw fault }
          if case .array(let elements)? = value, case .object(let first)? = elements.first,
            first["score"] != nil
          {
            other = other ?? name
          }
        }
      } while try document.skip(",")
      guard try document.skip("}") else {
        throw JSONDocumentReader.Fault(
          message: "expected a comma or the last brace", offset: document.position)
      }
    }
    let isEmpty = own.batches.isEmpty && own.rejections.isEmpty
    if hasList, !isEmpty, !own.lacksScores {
      contents.add(own)
      return
    }
    let found =
      other.map { "it under \"\($0)\" in an object" }
      ?? (hasList && !isEmpty ? "a dataset whose annotations have no \"score\"" : "an object")
    throw JSONDocumentReader.Fault(
      message: "expected a list of detections, found \(found)", offset: start)
  }
}

/// The contents of a results file and the findings about them.
public struct DetectionContents: Sendable {
  /// The detections in the order of the file, in parts of any size.
  public var batches: [[Detection]] = []
  /// The findings, in the order of the file.
  public var findings: [Finding] = []
  /// The records that could not be read.
  public var rejections: [Rejection] = []
  /// The reason why the file as a whole is no list of detections; nil if it is one.
  public var fault: Finding?

  /// Creates empty contents.
  public init() {}

  /// The number of detections that could be read.
  public var count: Int { batches.reduce(0) { $0 + $1.count } }

  /// Whether no record could be read and all were left out because they lack a score.
  fileprivate var lacksScores: Bool {
    batches.isEmpty && !rejections.isEmpty
      && rejections.allSatisfy {
        $0.finding.kind == .missingField && !$0.record.includes("\"score\"")
      }
  }

  /// The words used as image ids that the ground truth does not know, by their numbers.
  public private(set) var imageWords: [Int: String] = [:]
  /// The words used as category ids that the ground truth does not know, by their numbers.
  public private(set) var categoryWords: [Int: String] = [:]
  private var numbers: [String: Int] = [:]

  /// Empty contents that continue the numbering of words.
  fileprivate var empty: DetectionContents {
    var empty = self
    (empty.batches, empty.findings, empty.rejections) = ([], [], [])
    return empty
  }

  /// Adds contents that were read into a copy of `empty`.
  fileprivate mutating func add(_ other: DetectionContents) {
    let own = self
    self = other
    batches = own.batches + other.batches
    findings = own.findings + other.findings
    rejections = own.rejections + other.rejections
  }

  mutating func take(_ batch: RecordBatch<Detection>, _ words: IDWords) {
    var records = batch.records
    for named in batch.namedIDs {
      let known =
        named.role == .image
        ? words.id(ofKnownImage: named.name) : words.id(ofKnownCategory: named.name)
      let id = known ?? number(of: named.name)
      if named.role == .image {
        records[named.index].imageID = id
        if known == nil { imageWords[id] = named.name }
      } else {
        records[named.index].categoryID = id
        if known == nil { categoryWords[id] = named.name }
      }
    }
    if !records.isEmpty { batches.append(records) }
    findings += batch.findings
    rejections += batch.rejections
  }

  /// Returns a number that no file has, since it is below all that are written.
  private mutating func number(of word: String) -> Int {
    if let known = numbers[word] { return known }
    let number = Int.min + 1 + numbers.count
    numbers[word] = number
    return number
  }
}
