import COCO
import Files
import Formats

/// A file of records that is written, and waits to be put in its place.
struct WrittenRecords {
  let file: OutputFile
  private let dataset: Dataset
  /// The places of the records in COCO JSON; nil for lines.
  private let parts: WrittenCOCO?

  /// Writes records to a file.
  init(_ contents: ExportedFile.Contents, to file: OutputFile, _ workers: Workers) async throws {
    self.file = file
    dataset = contents.dataset ?? Dataset()
    let tasks = workers.tasks("writing")
    if case .coco = contents {
      parts = try await COCOWriter(tasks: tasks).write(dataset, to: file)
    } else {
      parts = nil
      try await LinesWriter(tasks: tasks).write(dataset) { try file.write($0) }
    }
  }

  /// Reads the file back, and returns the first difference from the dataset; nil if there is none.
  func difference(_ workers: Workers) async throws(FileError) -> String? {
    let tasks = workers.tasks("verifying")
    guard let parts else {
      return try await LinesVerifier(tasks: tasks).difference(between: file, and: dataset)
    }
    return try await COCOVerifier(tasks: tasks).difference(between: file, parts, and: dataset)
  }

  /// The counts as a phrase.
  var counts: String {
    "\(dataset.images.count) images, \(dataset.annotations.count) annotations, "
      + "\(dataset.categories.count) categories"
  }
}

extension ExportedFile.Contents {
  /// The records of a file that is written record by record.
  var dataset: Dataset? {
    switch self {
    case .coco(let dataset), .lines(let dataset): dataset
    case .bytes: nil
    }
  }

  /// Returns the contents with a note on the place of the images, relative to the file's folder.
  func noting(imageFolder: String?) -> Self {
    func noted(_ dataset: Dataset) -> Dataset {
      var dataset = dataset
      COCOInfo.note(imageFolder: imageFolder, in: &dataset.info)
      return dataset
    }
    return switch self {
    case .coco(let dataset): .coco(noted(dataset))
    case .lines(let dataset): .lines(noted(dataset))
    case .bytes: self
    }
  }
}
