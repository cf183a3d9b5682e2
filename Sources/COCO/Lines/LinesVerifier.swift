public import Files

/// A verifier that reads written lines back and compares them, record by record, with the dataset.
public struct LinesVerifier: Sendable {
  /// The tasks that read and compare.
  public var tasks: OrderedTasks

  /// Creates a verifier that compares with these tasks.
  public init(tasks: OrderedTasks) {
    self.tasks = tasks
  }

  /// Describes the first difference; returns nil if the file says exactly what `dataset` says.
  ///
  /// - Throws: A `FileError` if the file cannot be read.
  public func difference(
    between file: OutputFile, and dataset: Dataset
  ) async throws(FileError) -> String? {
    var reader = COCOReader(tasks: tasks)
    reader.needsFileNames = false
    let read = try await reader.readLines(file.reader(), source: 0).dataset
    if read.info != dataset.info || read.licenses != dataset.licenses
      || read.extra != dataset.extra
    {
      return "the data of the whole set reads back differently"
    }
    return Self.difference(read.categories, dataset.categories, "category")
      ?? Self.differenceOfImages(read, dataset)
  }

  /// Describes the first difference of the lines from an offset on; returns nil if they say exactly
  /// what the images of `dataset` and their annotations do.
  ///
  /// - Throws: A `FileError` if the file cannot be read.
  public func difference(
    between file: OutputFile, from offset: Int, andImagesOf dataset: Dataset
  ) async throws(FileError) -> String? {
    var reader = COCOReader(tasks: tasks)
    reader.needsFileNames = false
    let read = try await reader.readLines(file.reader(), from: offset, source: 0)
    return Self.differenceOfImages(read.dataset, dataset)
  }

  private static func differenceOfImages(_ read: Dataset, _ meant: Dataset) -> String? {
    let images = IDIndex(meant.images.map(\.id))
    let grouped = AnnotationsByImage(
      meant.annotations, of: images, imageCount: meant.images.count)
    return difference(read.images, meant.images, "image")
      ?? difference(
        read.annotations,
        meant.images.indices.flatMap { grouped[$0].map { meant.annotations[Int($0)] } },
        "annotation")
  }

  private static func difference<Record: VerifiableRecord>(
    _ read: [Record], _ meant: [Record], _ kind: String
  ) -> String? {
    guard read.count == meant.count else {
      return "\(read.count) records of kind \(kind) read back, \(meant.count) written"
    }
    return meant.withUnsafeBufferPointer { meant in
      read.withUnsafeBufferPointer { read in
        guard let first = meant.baseAddress, let own = read.baseAddress else { return nil }
        return meant.indices.first { !Record.reads(first + $0, as: own + $0) }
          .map { "\(kind) \($0 + 1) reads back differently" }
      }
    }
  }
}
