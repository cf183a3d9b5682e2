/// Reads a written COCO file back and compares it, record by record, with what was meant.
public struct COCOVerifier: Sendable {
  public var tasks: OrderedTasks

  public init(tasks: OrderedTasks) {
    self.tasks = tasks
  }

  /// What differs first, in words; nil where the file says just what `dataset` says.
  public func difference(
    between file: OutputFile, and dataset: Dataset
  ) async throws(FileError) -> String? {
    var comparison = Comparison(dataset: dataset)
    try await COCOReader(tasks: tasks).read(file.reader(), source: 0, into: &comparison)
    return comparison.result
  }
}

/// Compares batches as they are read, so that the file is never held twice.
private struct Comparison: COCOSink {
  let dataset: Dataset
  private var difference: String?
  private var imageCount = 0
  private var annotationCount = 0
  private var categoryCount = 0

  init(dataset: Dataset) {
    self.dataset = dataset
  }

  mutating func images(_ batch: RecordBatch<Image>) {
    imageCount = compare(batch, with: dataset.images, from: imageCount, "image") { read, meant in
      read.origin = meant.origin
      read.isChanged = meant.isChanged
      return read == meant
    }
  }

  mutating func annotations(_ batch: RecordBatch<Annotation>) {
    annotationCount = compare(batch, with: dataset.annotations, from: annotationCount, "annotation")
    { read, meant in
      read.origin = meant.origin
      read.isChanged = meant.isChanged
      return read == meant
    }
  }

  mutating func categories(_ batch: RecordBatch<Category>) {
    categoryCount = compare(batch, with: dataset.categories, from: categoryCount, "category") {
      read, meant in
      read.origin = meant.origin
      return read == meant
    }
  }

  mutating func member(_ name: String, _ value: JSONValue) {
    let meant: JSONValue? =
      switch name {
      case "info": .object(dataset.info)
      case "licenses": .array(dataset.licenses)
      default: dataset.extra[name]
      }
    if value != meant { note("\"\(name)\" reads back differently") }
  }

  mutating func add(_ finding: Finding) {
    note(finding.message)
  }

  private mutating func compare<Record>(
    _ batch: RecordBatch<Record>, with meant: [Record], from first: Int, _ kind: String,
    isSame: (inout Record, Record) -> Bool
  ) -> Int {
    if let rejection = batch.rejections.first {
      note("an unreadable \(kind): \(rejection.finding.message)")
    }
    var position = first
    for var record in batch.records {
      if position >= meant.count || !isSame(&record, meant[position]) {
        note("\(kind) \(position + 1) reads back differently")
      }
      position += 1
    }
    return position
  }

  private mutating func note(_ text: String) {
    difference = difference ?? text
  }

  var result: String? {
    if let difference { return difference }
    let counts = [
      ("images", imageCount, dataset.images.count),
      ("annotations", annotationCount, dataset.annotations.count),
      ("categories", categoryCount, dataset.categories.count),
    ]
    for (name, read, meant) in counts where read != meant {
      return "\(read) \(name) read back, \(meant) meant"
    }
    return nil
  }
}
