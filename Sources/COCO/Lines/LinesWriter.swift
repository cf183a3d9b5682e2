public import Files

/// A writer of a dataset as lines of JSON: first the members of the whole set, then each image, as
/// in COCO's `images`, with its annotations. The bytes depend on the dataset alone.
///
/// Annotations of images that do not exist cannot be written; `strays` lists them.
public struct LinesWriter: Sendable {
  /// The tasks that format images in parallel.
  public var tasks: OrderedTasks
  private let picturesInPart = 128

  /// Creates a writer that formats with these tasks.
  public init(tasks: OrderedTasks) {
    self.tasks = tasks
  }

  /// Writes `dataset`, whose numbers must be finite, to `sink`.
  public func write(
    _ dataset: Dataset, to sink: ([UInt8]) throws -> Void
  ) async throws {
    try sink(Self.head(of: dataset))
    try await write(imagesOf: dataset, to: sink)
  }

  /// Writes the lines of the images of `dataset`, whose numbers must be finite, to `sink`.
  public func write(
    imagesOf dataset: Dataset, to sink: ([UInt8]) throws -> Void
  ) async throws {
    let images = IDIndex(dataset.images.map(\.id))
    let grouped = AnnotationsByImage(
      dataset.annotations, of: images, imageCount: dataset.images.count)
    let parts = (dataset.images.count + picturesInPart - 1) / picturesInPart
    let formatPart: @Sendable (Int) -> [UInt8] = { part in
      var output = JSONOutput(capacity: picturesInPart * 1024)
      let first = part * picturesInPart
      for image in first..<min(first + picturesInPart, dataset.images.count) {
        Self.append(image, grouped[image], of: dataset, to: &output)
      }
      return output.bytes
    }
    try await tasks.run(parts, work: formatPart) { _, bytes in
      try sink(bytes)
      return true
    }
  }

  /// Returns the positions of the annotations that have no image to stand with.
  public static func strays(of dataset: Dataset) -> [Int] {
    let images = IDIndex(dataset.images.map(\.id))
    return dataset.annotations.indices.filter {
      images.position(of: dataset.annotations[$0].imageID) == nil
    }
  }

  /// Returns the first line: the members of the whole set.
  public static func head(of dataset: Dataset) -> [UInt8] {
    var output = JSONOutput()
    output.raw("{\"info\":")
    output.append(dataset.info)
    output.raw(",\"licenses\":")
    output.append(.array(dataset.licenses))
    output.raw(",\"categories\":[")
    for (index, category) in dataset.categories.enumerated() {
      if index > 0 { output.raw(",") }
      output.append(category)
    }
    output.raw("]")
    var isFirst = false
    output.append(membersOf: dataset.extra, isFirst: &isFirst)
    output.raw("}\n")
    return output.bytes
  }

  private static func append(
    _ image: Int, _ annotations: ArraySlice<Int32>, of dataset: Dataset,
    to output: inout JSONOutput
  ) {
    output.append(dataset.images[image]) { output in
      output.raw(",\"annotations\":[")
      dataset.annotations.withUnsafeBufferPointer { all in
        guard let first = all.baseAddress else { return }
        for (place, index) in annotations.enumerated() {
          if place > 0 { output.raw(",") }
          output.append(annotationAt: first + Int(index))
        }
      }
      output.raw("]")
    }
    output.raw("\n")
  }
}
