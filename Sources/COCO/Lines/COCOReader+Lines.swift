import Files

extension InputFile {
  /// Whether the file's name says that it holds a JSON object a line.
  var holdsLines: Bool { PictureLines.endings.contains(Path.fileExtension(path)) }
}

extension PictureLines {
  /// The endings of files that hold a JSON object a line.
  static let endings: Set<String> = ["jsonl", "ndjson"]
}

extension COCOReader {
  /// The dataset in a file that holds a picture with its annotations a line.
  func readLines(_ file: InputFile, source: Int) async throws(FileError) -> COCOContents {
    try await collect(file, source: source) { collector in
      try await readLines(file, source: source, into: &collector)
    }
  }

  private func readLines(
    _ file: InputFile, source: Int, into collector: inout COCOCollector
  ) async throws {
    var document = JSONDocumentReader(file)
    try document.refuseOtherEncodings()
    guard try document.peekPastBlanks() != nil else {
      throw JSONDocumentReader.Fault(message: "the file is empty", offset: 0)
    }
    let manner = manner
    let lines = JSONLineReader(file: file, tasks: tasks, sizes: sizes) { [needsFileNames] in
      PictureLineDecoder(source: source, needsFileName: needsFileNames, manner)
    }
    try await lines.read(from: document.position) { batch in
      collector.images(batch.images)
      collector.annotations(batch.annotations)
      collector.categories(batch.categories)
      for member in batch.members {
        take(member, source: source, into: &collector)
      }
    }
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
  /// Reads a file that holds a detection, or a picture with its detections, a line.
  func readLines(
    _ file: InputFile, source: Int, into contents: inout DetectionContents
  ) async throws {
    var document = JSONDocumentReader(file)
    try document.refuseOtherEncodings()
    _ = try document.peekPastBlanks()
    let manner = ReadingManner(keepsTextIDs: keepsTextIDs)
    let lines = JSONLineReader(file: file, tasks: tasks, sizes: sizes) {
      DetectionLineDecoder(source: source, manner)
    }
    try await lines.read(from: document.position) { contents.take($0, words) }
  }
}
