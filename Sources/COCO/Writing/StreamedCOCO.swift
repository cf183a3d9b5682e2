public import Files

/// A COCO JSON file that is written from a dataset that comes part by part. The bytes are those of
/// `COCOWriter`.
///
/// The annotations stand in a file without a name until all images are written.
public struct StreamedCOCO {
  private let frame: Dataset
  private let file: OutputFile
  private let rest: OutputFile
  private let writer: COCOWriter
  private let verifier: COCOVerifier?
  private var images = 0
  private var annotations = 0

  /// Begins a file that the caller commits.
  ///
  /// - Parameters:
  ///   - frame: The dataset without its images and annotations.
  ///   - file: The file, of which nothing has been written.
  ///   - tasks: The tasks that format records and compare them.
  ///   - verifies: Whether each part is read back and compared.
  /// - Throws: A `FileError` if the system refuses.
  public init(_ frame: Dataset, to file: OutputFile, tasks: OrderedTasks, verifies: Bool) throws {
    (self.frame, self.file) = (frame, file)
    rest = try OutputFile(file.path)
    writer = COCOWriter(tasks: tasks)
    verifier = verifies ? COCOVerifier(tasks: tasks) : nil
    var written = WrittenCOCO()
    try writer.writeHead(of: frame, to: file, &written)
  }

  /// Adds images with their annotations. Returns the first difference if they read back
  /// differently.
  ///
  /// - Throws: A `FileError` if the system refuses.
  public mutating func write(_ part: Dataset) async throws -> String? {
    var (head, tail) = (WrittenCOCO(), WrittenCOCO())
    if images > 0, !part.images.isEmpty { try writer.write(",", to: file, &head) }
    try await writer.write(part.images, to: file, &head)
    if annotations > 0, !part.annotations.isEmpty { try writer.write(",", to: rest, &tail) }
    try await writer.write(part.annotations, to: rest, &tail)
    images += part.images.count
    annotations += part.annotations.count
    guard let verifier else { return nil }
    if let difference = try await verifier.difference(between: file, head, and: part) {
      return difference
    }
    return try await verifier.difference(between: rest, tail, and: part)
  }

  /// Writes what comes after the images. Returns the first difference if it reads back differently.
  ///
  /// - Throws: A `FileError` if the system refuses.
  public mutating func finish() async throws -> String? {
    var written = WrittenCOCO()
    try writer.writeMiddle(after: images, to: file, &written)
    try file.append(rest)
    try await writer.writeEnd(of: frame, after: annotations, to: file, &written)
    return try await verifier?.difference(between: file, written, and: frame)
  }
}
