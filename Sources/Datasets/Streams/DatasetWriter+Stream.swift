import COCO
import Files
public import Formats

/// What was written of a stream, and what was not.
public struct WrittenStream: Sendable {
  /// The account of all records, without them.
  public let imported: Imported
  /// The numbers of the records written.
  public let kept: KeptRecords
  /// The values of the written records that the format could not hold.
  public let losses: [Loss]
}

extension DatasetWriter {
  /// Returns whether a stream can be written as it comes: as one file of COCO's records, without
  /// anything beside it that depends on all of them.
  public func takesStreams(to path: String) -> Bool {
    format.holdsAll && format.isOneFile(path) && layout == nil && pictures == nil && leavesOut
      && options.outlines != .box && (format == .lines || path != Format.standardOutput)
  }

  /// Writes a dataset window by window, and beside it the records that were rejected. The bytes are
  /// those of `write(_:to:)`.
  ///
  /// - Parameters:
  ///   - stream: The dataset, as it is read.
  ///   - path: A file; `-` for `standardOutput`.
  ///   - accept: Receives the account of what was read when everything was; if it returns false,
  ///     the file is not put in its place.
  /// - Returns: nil if the account was not accepted.
  /// - Throws: The errors of `write(_:to:)`.
  public func write(
    _ stream: any DatasetStream, to path: String, accept: (Imported) throws -> Bool
  ) async throws -> WrittenStream? {
    var stream = stream
    let start = stream.account
    var output = try StreamedFile(path, self, of: start, stream.frame)
    let progress = workers.tasks("converting").progress
    var done = 0
    while let window = try await stream.next() {
      try await output.write(window)
      done += 1
      if let count = stream.count { progress?(done, count) }
    }
    var imported = stream.account
    guard try accept(imported) else { return nil }
    imported.addAccount(of: output.account)
    try await output.commit(imported)
    return WrittenStream(imported: imported, kept: output.kept, losses: output.losses)
  }
}

/// A file, or standard output, that a dataset is written to window by window.
private struct StreamedFile {
  private let writer: DatasetWriter
  /// nil for standard output.
  private let file: OutputFile?
  private let path: String
  private let frame: Dataset
  private let exporter: any Exporter
  /// The file as COCO JSON; nil for lines.
  private var coco: StreamedCOCO?
  private(set) var account = Imported()
  private(set) var kept = KeptRecords()
  private(set) var losses: [Loss] = []

  init(_ path: String, _ writer: DatasetWriter, of imported: Imported, _ frame: Dataset) throws {
    guard let exporter = writer.format.exporter?.init(writer.options) else {
      throw DatasetError("\(writer.format.name) can be read, but not written")
    }
    (self.path, self.writer, self.exporter) = (path, writer, exporter)
    var frame = frame
    if path == Format.standardOutput {
      file = nil
    } else {
      try OverwriteGuard(replaces: writer.replaces).check([path], inputs: imported.sources.paths)
      try Folder.make(Path.folder(of: path))
      file = try OutputFile(path)
      COCOInfo.note(imageFolder: imported.imageFolder(of: nil, from: path), in: &frame.info)
    }
    self.frame = frame
    if let file, writer.format == .coco {
      coco = try StreamedCOCO(
        frame, to: file, tasks: writer.workers.tasks(), verifies: writer.verifies)
    } else {
      try put(LinesWriter.head(of: frame))
    }
  }

  private func put(_ bytes: [UInt8]) throws {
    if let file { try file.write(bytes) } else { try writer.standardOutput(bytes) }
  }

  /// Writes the images of a window, and reads them back.
  mutating func write(_ window: Dataset) async throws {
    var imported = Imported()
    imported.datasets = [window]
    let set = WrittenSet(imported, as: writer.format, exporter, writer.options)
    account.addAccount(of: set.imported)
    for loss in set.losses { add(loss) }
    guard let dataset = set.files.first?.contents.dataset else { return }
    kept.add(dataset)
    try refuse(coco == nil ? await writeLines(of: dataset) : await coco?.write(dataset))
  }

  /// Writes a line for each image. Returns the first difference if they read back differently.
  private func writeLines(of dataset: Dataset) async throws -> String? {
    let start = file?.size ?? 0
    let lines = LinesWriter(tasks: writer.workers.tasks())
    try await lines.write(imagesOf: dataset, to: put)
    guard writer.verifies, let file else { return nil }
    return try await LinesVerifier(tasks: writer.workers.tasks()).difference(
      between: file, from: start, andImagesOf: dataset)
  }

  private func refuse(_ difference: String?) throws {
    guard let difference else { return }
    throw DatasetError("\(path): \(difference); nothing was written")
  }

  private mutating func add(_ loss: Loss) {
    if let place = losses.firstIndex(where: { $0.what == loss.what }) {
      losses[place].count += loss.count
    } else {
      losses.append(loss)
    }
  }

  /// Puts the file in its place, and the rejected records beside it.
  mutating func commit(_ imported: Imported) async throws {
    guard let file else {
      return try RejectedRecords(beside: "copra").write(imported, note: writer.note)
    }
    let rejected = RejectedRecords(beside: path)
    if !imported.rejections.isEmpty {
      try OverwriteGuard(replaces: writer.replaces)
        .check([rejected.path], inputs: imported.sources.paths)
    }
    try refuse(coco == nil ? differenceOfHead(of: file) : await coco?.finish())
    try rejected.write(imported, note: writer.note)
    try file.commit()
    writer.note(
      "wrote \(path): \(kept.all.images) images, \(kept.all.annotations) annotations, "
        + "\(frame.categories.count) categories")
    imported.noteImageFolders(to: writer.note)
  }

  private func differenceOfHead(of file: OutputFile) throws -> String? {
    let meant = LinesWriter.head(of: frame)
    guard writer.verifies, try file.reader().bytes(at: 0, count: meant.count) != meant else {
      return nil
    }
    return "the data of the whole set reads back differently"
  }
}

extension Imported {
  /// Returns the folder of a split's images as a path relative to that of the file at `path`; nil
  /// if it is not known.
  func imageFolder(of split: String?, from path: String) -> String? {
    guard let folder = imageFolders[split ?? ""].flatMap(Path.real),
      let own = Path.real(Path.folder(of: path))
    else { return nil }
    return Path.way(from: own, to: folder)
  }

  /// Notes the folder that the names of each split's images are relative to.
  func noteImageFolders(to note: (String) -> Void) {
    for (split, folder) in imageFolders.sorted(by: { $0.key < $1.key }) {
      let whose = split.isEmpty ? "" : " of \(split)"
      note("file_name\(whose) is relative to \(folder)")
    }
  }
}
