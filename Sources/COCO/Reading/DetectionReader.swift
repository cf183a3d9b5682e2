public import Files

/// Reads COCO results files: one list of detections, with boxes, masks or keypoints.
///
/// Records that cannot be read are rejected one by one, each with its place. A file that is no
/// list, or that is cut, has a fault: what it holds is not all that it was meant to hold.
public struct DetectionReader: Sendable {
  /// How many tasks read at a time.
  public var tasks: OrderedTasks
  var sizes = JSONReadSizes()

  /// What reads with these tasks.
  public init(tasks: OrderedTasks) {
    self.tasks = tasks
  }

  /// The detections in `file`, whose index among the sources is `source`.
  public func read(_ file: InputFile, source: Int) async throws(FileError) -> DetectionContents {
    var contents = DetectionContents()
    do {
      try await readList(file, source: source, into: &contents)
    } catch let fault as JSONDocumentReader.Fault {
      contents.fault = fault.finding(severity: .error, source: source)
    } catch let error as FileError {
      throw error
    } catch {
      fatalError("unexpected error while reading JSON: \(error)")
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
    guard try document.skip("[") else {
      let found = first == UInt8(ascii: "{") ? "an object, as datasets are" : "something else"
      throw JSONDocumentReader.Fault(
        message: "expected a list of detections, found \(found)", offset: document.position)
    }
    let array = JSONArrayReader(file: file, tasks: tasks, sizes: sizes) {
      DetectionDecoder(source: source)
    }
    let end = try await array.read(from: document.position) { contents.take($0) }
    guard case .closed(let offset) = end else {
      throw JSONDocumentReader.Fault(
        message: "the file ends inside the list of detections", offset: max(file.size - 1, 0))
    }
    document.position = offset
    guard try document.peekPastBlanks() == nil else {
      throw JSONDocumentReader.Fault(
        message: "expected the end of the file after the list", offset: document.position)
    }
  }
}

/// What a results file held, and what was wrong with it.
public struct DetectionContents: Sendable {
  /// The detections in the order of the file, in parts of any size.
  public var batches: [[Detection]] = []
  public var findings: [Finding] = []
  public var rejections: [Rejection] = []
  /// Why the file as a whole is no list of detections; nil where it is one.
  public var fault: Finding?

  public init() {}

  /// The number of detections that could be read.
  public var count: Int { batches.reduce(0) { $0 + $1.count } }

  mutating func take(_ batch: RecordBatch<Detection>) {
    if !batch.records.isEmpty { batches.append(batch.records) }
    findings += batch.findings
    rejections += batch.rejections
  }
}
