public import Files

extension InputFile {
  /// Whether the file holds a JSON object on each line, by its name, or for a pipe by its beginning.
  public var holdsLines: Bool {
    PictureLines.endings.contains(where: path.hasSuffix) || isPiped && beginsWithLine
  }

  /// Whether the first line holds an object that is no whole dataset.
  private var beginsWithLine: Bool {
    guard let head = try? bytes(at: 0, count: 65536) else { return false }
    let line = head.prefix { $0 != UInt8(ascii: "\n") }
    guard line.first(where: { !JSONScanner.isBlank($0) && $0 < 0x80 }) == UInt8(ascii: "{") else {
      return false
    }
    // Of a dataset that is set out over lines, the first does not end its object.
    return line.last(where: { !JSONScanner.isBlank($0) }) == UInt8(ascii: "}")
      && !String(decoding: line, as: UTF8.self).includes("\"images\"")
  }
}

extension COCOContents {
  /// Puts findings and rejections in the order of the file, however it was divided.
  mutating func sortFaults() {
    findings = findings.stablySorted { ($0.origin?.offset ?? 0) < ($1.origin?.offset ?? 0) }
    rejections = rejections.stablySorted {
      ($0.finding.origin?.offset ?? 0) < ($1.finding.origin?.offset ?? 0)
    }
  }
}

extension InputFile {
  /// Returns the offset of the first line.
  ///
  /// - Throws: A `JSONDocumentReader.Fault` if the file is empty or in another encoding than UTF-8.
  func startOfLines() throws -> Int {
    var document = JSONDocumentReader(self)
    try document.refuseOtherEncodings()
    guard try document.peekPastBlanks() != nil else {
      throw JSONDocumentReader.Fault(message: "the file is empty", offset: 0)
    }
    return document.position
  }
}

extension PictureLines {
  /// The endings of files that hold a JSON object a line.
  static let endings = [".jsonl", ".ndjson", ".jsonl.zst", ".ndjson.zst"]
}

extension COCOReader {
  /// Reads the dataset in a file that holds an image with its annotations on each line.
  ///
  /// - Parameter start: The offset of the first line that is read; nil for the file's beginning.
  func readLines(
    _ file: InputFile, from start: Int? = nil, source: Int
  ) async throws(FileError) -> COCOContents {
    var contents = try await collect(file, source: source) { collector in
      try await readLines(
        file, from: start ?? file.startOfLines(), source: source, into: &collector)
    }
    contents.sortFaults()
    return contents
  }

  private func readLines(
    _ file: InputFile, from start: Int, source: Int, into collector: inout COCOCollector
  ) async throws {
    let manner = manner
    let lines = JSONLineReader(file: file, tasks: tasks, sizes: sizes) {
      [needsFileNames, keepsDetections] in
      PictureLineDecoder(
        source: source, needsFileName: needsFileNames, keepsDetections: keepsDetections, manner)
    }
    try await lines.read(from: start) { batch in
      take(batch, source: source, into: &collector)
    }
  }

  /// Adds the content of a part of a file to what is collected.
  func take(_ batch: PictureLines, source: Int, into collector: inout COCOCollector) {
    collector.images(batch.images)
    collector.annotations(batch.annotations)
    collector.categories(batch.categories)
    for member in batch.members { take(member, source: source, into: &collector) }
  }

  private func take(
    _ member: PictureLines.Member, source: Int, into collector: inout COCOCollector
  ) {
    guard !collector.take(member.name, member.value, at: member.offset) else { return }
    let fault = Self.wrongValue(of: member.name, member.value, at: member.offset)
    collector.add(fault.finding(severity: .warning, source: source))
  }
}

extension DetectionReader {
  /// Reads a file that holds a detection, or an image with its detections, on each line.
  func readLines(
    _ file: InputFile, source: Int, into contents: inout DetectionContents
  ) async throws {
    var document = JSONDocumentReader(file)
    try document.refuseOtherEncodings()
    _ = try document.peekPastBlanks()
    let manner = ReadingManner(keepsTextIDs: keepsTextIDs)
    let lines = JSONLineReader(file: file, tasks: tasks, sizes: sizes) { [holdsTruth] in
      DetectionLineDecoder(source: source, holdsTruth: holdsTruth, manner)
    }
    try await lines.read(from: document.position) { contents.take($0, words) }
  }
}
