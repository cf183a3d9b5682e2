/// Writes COCO JSON: keys in a fixed order, one record a line, the shortest numbers that read back
/// the same. The bytes depend on the dataset alone.
public struct COCOWriter: Sendable {
  /// How many tasks format records at a time.
  public var tasks: OrderedTasks
  private let recordsInPart = 4096

  public init(tasks: OrderedTasks) {
    self.tasks = tasks
  }

  /// Writes `dataset`, whose numbers must be finite, to a file that the caller commits.
  public func write(_ dataset: Dataset, to file: OutputFile) async throws(FileError) {
    do {
      try write("{\"info\":", to: file) { $0.append(dataset.info) }
      try write(",\n\"licenses\":", to: file) { $0.append(.array(dataset.licenses)) }
      try await write(dataset.images, named: ",\n\"images\":[", to: file) { $0.append($1) }
      try await write(dataset.annotations, named: "],\n\"annotations\":[", to: file) {
        $0.append($1)
      }
      try await write(dataset.categories, named: "],\n\"categories\":[", to: file) { $0.append($1) }
      try write("]", to: file) { output in
        var isFirst = false
        output.append(membersOf: dataset.extra, isFirst: &isFirst)
        output.raw("}\n")
      }
    } catch let error as FileError {
      throw error
    } catch {
      fatalError("unexpected error while writing JSON: \(error)")
    }
  }

  private func write(
    _ name: StaticString, to file: OutputFile, _ body: (inout JSONOutput) -> Void
  ) throws {
    var output = JSONOutput()
    output.raw(name)
    body(&output)
    try output.bytes.withUnsafeBytes { try file.write($0) }
  }

  private func write<Record: Sendable>(
    _ records: [Record], named name: StaticString, to file: OutputFile,
    _ format: @escaping @Sendable (inout JSONOutput, Record) -> Void
  ) async throws {
    try write(name, to: file) { _ in }
    let parts = (records.count + recordsInPart - 1) / recordsInPart
    let formatPart: @Sendable (Int) -> [UInt8] = { part in
      let first = part * recordsInPart
      var output = JSONOutput(capacity: recordsInPart * 256)
      for index in first..<min(first + recordsInPart, records.count) {
        output.raw(index == 0 ? "\n" : ",\n")
        format(&output, records[index])
      }
      return output.bytes
    }
    try await tasks.run(parts, work: formatPart) { _, bytes in
      try bytes.withUnsafeBytes { try file.write($0) }
      return true
    }
    if !records.isEmpty { try write("\n", to: file) { _ in } }
  }
}
