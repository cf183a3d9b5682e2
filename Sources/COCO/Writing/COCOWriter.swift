public import Files

/// A writer of COCO JSON: keys in a fixed order, one record on each line, the shortest numbers that
/// read back the same. The bytes depend on the dataset alone.
public struct COCOWriter: Sendable {
  /// The tasks that format records in parallel.
  public var tasks: OrderedTasks
  /// The number of records in a part, few enough that its text stays in the processor's caches from
  /// writing to reading back.
  private let recordsInPart = 512

  /// Creates a writer that formats with these tasks.
  public init(tasks: OrderedTasks) {
    self.tasks = tasks
  }

  /// Writes `dataset`, whose numbers must be finite, to a file that the caller commits. Returns the
  /// places of the records for a `COCOVerifier`.
  public func write(
    _ dataset: Dataset, to file: OutputFile
  ) async throws(FileError) -> WrittenCOCO {
    var written = WrittenCOCO()
    do {
      try writeHead(of: dataset, to: file, &written)
      try await write(dataset.images, to: file, &written)
      try writeMiddle(after: dataset.images.count, to: file, &written)
      try await write(dataset.annotations, to: file, &written)
      try await writeEnd(of: dataset, after: dataset.annotations.count, to: file, &written)
    } catch let error as FileError {
      throw error
    } catch {
      fatalError("unexpected error while writing JSON: \(error)")
    }
    return written
  }

  /// Writes all that stands before the images.
  func writeHead(
    of dataset: Dataset, to file: OutputFile, _ written: inout WrittenCOCO
  ) throws {
    try write("{\"info\":", to: file, &written) { $0.append(dataset.info) }
    try write(",\n\"licenses\":", to: file, &written) { $0.append(.array(dataset.licenses)) }
    try write(",\n\"images\":[", to: file, &written)
  }

  /// Writes what stands between this number of images and the annotations.
  func writeMiddle(
    after images: Int, to file: OutputFile, _ written: inout WrittenCOCO
  ) throws {
    try write(images == 0 ? "],\n\"annotations\":[" : "\n],\n\"annotations\":[", to: file, &written)
  }

  /// Writes all that stands after this number of annotations.
  func writeEnd(
    of dataset: Dataset, after annotations: Int, to file: OutputFile, _ written: inout WrittenCOCO
  ) async throws {
    try write(
      annotations == 0 ? "],\n\"categories\":[" : "\n],\n\"categories\":[", to: file, &written)
    try await write(dataset.categories, as: .categories, to: file, &written) {
      $0.append($1.pointee)
    }
    try write(dataset.categories.isEmpty ? "]" : "\n]", to: file, &written) { output in
      var isFirst = false
      output.append(membersOf: dataset.extra, isFirst: &isFirst)
      output.raw("}\n")
    }
  }

  /// Writes images with commas between them.
  func write(
    _ images: [Image], to file: OutputFile, _ written: inout WrittenCOCO
  ) async throws {
    try await write(images, as: .images, to: file, &written) { $0.append($1.pointee) }
  }

  /// Writes annotations with commas between them.
  func write(
    _ annotations: [Annotation], to file: OutputFile, _ written: inout WrittenCOCO
  ) async throws {
    try await write(annotations, as: .annotations, to: file, &written) {
      $0.append(annotationAt: $1)
    }
  }

  /// Writes a text, and what `body` adds to it.
  func write(
    _ text: StaticString, to file: OutputFile, _ written: inout WrittenCOCO,
    _ body: (inout JSONOutput) -> Void = { _ in }
  ) throws {
    var output = JSONOutput()
    output.raw(text)
    body(&output)
    let bytes = output.bytes
    written.add(.frame(bytes), at: file.size)
    try file.write(bytes)
  }

  private func write<Record: Sendable>(
    _ records: [Record], as kind: WrittenCOCO.Kind, to file: OutputFile,
    _ written: inout WrittenCOCO,
    _ format: @escaping @Sendable (inout JSONOutput, UnsafePointer<Record>) -> Void
  ) async throws {
    let parts = (records.count + recordsInPart - 1) / recordsInPart
    let range: @Sendable (Int) -> Range<Int> = { part in
      part * recordsInPart..<min((part + 1) * recordsInPart, records.count)
    }
    let formatPart: @Sendable (Int) -> [UInt8] = { part in
      var output = JSONOutput(capacity: recordsInPart * 256)
      // By their places, since taking records out of the array would count references.
      records.withUnsafeBufferPointer { records in
        guard let first = records.baseAddress else { return }
        for index in range(part) {
          output.raw("\n")
          format(&output, first + index)
          if index < records.count - 1 { output.raw(",") }
        }
      }
      return output.bytes
    }
    try await tasks.run(parts, work: formatPart) { part, bytes in
      written.add(.records(kind, range(part), bytes: bytes.count), at: file.size)
      try file.write(bytes)
      return true
    }
  }
}

/// The places of the records in a COCO file that was just written.
public struct WrittenCOCO: Sendable {
  enum Kind: Sendable {
    case images, annotations, categories
  }

  enum Part: Sendable {
    /// Everything around the records.
    case frame([UInt8])
    /// A run of records, one after the other.
    case records(Kind, Range<Int>, bytes: Int)

    var byteCount: Int {
      switch self {
      case .frame(let bytes): bytes.count
      case .records(_, _, let bytes): bytes
      }
    }
  }

  private(set) var parts: [(part: Part, offset: Int)] = []

  mutating func add(_ part: Part, at offset: Int) {
    parts.append((part, offset))
  }
}
