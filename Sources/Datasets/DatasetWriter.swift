import COCO
public import Files
public import Formats

/// A writer of datasets in a format: it writes each file completely or not at all, and reads it
/// back to compare.
///
/// ```swift
/// try await DatasetWriter().write(dataset, to: "instances.json")
/// ```
public struct DatasetWriter: Sendable {
  /// The format to write.
  public var format = Format.coco
  /// The options of the format.
  public var options = ExportOptions()
  /// Whether existing files are replaced.
  public var replaces = false
  /// Whether files are read back and compared before they are put in place.
  public var verifies = true
  /// The layout that a trainer expects, whose further files are written too; nil for none.
  public var layout: TrainerLayout?
  /// The transfer of the images to the output; nil leaves them in place.
  public var pictures: PictureTransfer?
  /// Whether a record that the format cannot hold is left out; otherwise nothing is written.
  public var leavesOut = true
  /// The workers that write and compare.
  public var workers = Workers()
  /// Receives the bytes written to the path `-` instead of a file.
  public var standardOutput: @Sendable ([UInt8]) throws -> Void = { _ in }
  /// Receives a line for each part of the output that was written.
  public var note: @Sendable (String) -> Void = { _ in }

  /// Creates a writer of COCO files that replaces no file and verifies its output.
  public init() {}

  /// Writes all splits of `imported`, and beside them the records that it rejected. A record that
  /// the format cannot hold is left out without stopping the others.
  ///
  /// - Parameters:
  ///   - imported: The dataset that was read.
  ///   - path: A file with one of the format's endings, or a folder.
  /// - Throws: `UnwritableRecords` if no record may be left out, `DatasetError` if the output reads
  ///   back differently, `OverwriteRefusal` for a file that exists or is being read, `FileError` if
  ///   the system refuses. Nothing is changed then.
  @discardableResult
  public func write(_ imported: Imported, to path: String) async throws -> WrittenSet {
    var options = options
    options.placesPictures = pictures != nil
    guard let exporter = format.exporter?.init(options) else {
      throw DatasetError("\(format.name) can be read, but not written")
    }
    var imported = format.holdsAll ? imported : trimmed(imported)
    if layout != nil, SplitMerger.unifyCategories(of: &imported) {
      note("note: the splits have different categories; each is written with those of all splits")
    }
    var set = WrittenSet(imported, as: format, exporter, options, in: layout)
    try refuseLeavingOut(set, of: imported)
    if path == Format.standardOutput {
      try await writeOut(set)
      return set
    }
    let output = Output(path, isOneFile: format.isOneFile(path))
    try refuseOverwriting(set, output)
    if set.files.contains(where: { $0.contents.dataset != nil }) {
      try await writeRecords(set, output)
    } else if !set.files.isEmpty {
      try await write(&set, exporter, output)
    } else {
      try output.rejected.write(set.imported, note: note)
    }
    for sentence in set.notes { note("note: \(sentence)") }
    return set
  }

  /// The destination of a set.
  private struct Output {
    /// The path without slashes at its end.
    let path: String
    let isOneFile: Bool
    let rejected: RejectedRecords

    init(_ path: String, isOneFile: Bool) {
      var path = path
      while path.count > 1, path.hasSuffix("/") { path.removeLast() }
      self.path = path
      self.isOneFile = isOneFile
      rejected = RejectedRecords(beside: path)
    }

    /// The folder that the paths of files and images are relative to.
    var folder: String { isOneFile ? Path.folder(of: path) : path }

    func path(of file: ExportedFile) -> String {
      isOneFile ? path : Path.join(path, file.path)
    }
  }

  /// Writes the one file of a set to standard output, which cannot be read back.
  private func writeOut(_ set: WrittenSet) async throws {
    guard set.files.count == 1 else {
      throw DatasetError("standard output takes one file, found \(set.files.count)")
    }
    switch set.files[0].contents {
    case .bytes(let bytes): try standardOutput(bytes)
    case .lines(let dataset):
      try await LinesWriter(tasks: workers.tasks()).write(dataset, to: standardOutput)
    case .coco:
      throw DatasetError("coco is written to a file; --to lines can go to standard output")
    }
    try RejectedRecords(beside: "copra").write(set.imported, note: note)
  }

  private func refuseOverwriting(_ set: WrittenSet, _ output: Output) throws {
    let stray =
      set.files.first { Path.leadsOut($0.path) }?.path
      ?? set.pictures.first { Path.leadsOut($0.path) }?.path
    if let stray {
      throw DatasetError("\(stray) would leave the output folder; nothing was written")
    }
    var targets = set.files.map { output.path(of: $0) }
    if !set.imported.rejections.isEmpty { targets.append(output.rejected.path) }
    try OverwriteGuard(replaces: replaces).check(targets, inputs: set.imported.sources.paths)
  }

  private func writeRecords(_ set: WrittenSet, _ output: Output) async throws {
    try Folder.make(output.folder)
    let isAlone = pictures == nil && layout == nil
    let folder = isAlone ? nil : try OutputFolder(output.folder)
    for file in set.files {
      if case .bytes(let bytes) = file.contents { try folder?.write(bytes, to: file.path) }
    }
    let placed = try folder.flatMap { try place(set, in: $0) }
    var written: [WrittenRecords] = []
    for (contents, path) in records(of: set, output) {
      try Folder.make(Path.folder(of: path))
      let records = try await WrittenRecords(contents, to: OutputFile(path), workers)
      records.file.beginSync()
      written.append(records)
    }
    for records in written where verifies {
      if let difference = try await records.difference(workers) {
        throw DatasetError("\(records.file.path): \(difference); nothing was written")
      }
    }
    try output.rejected.write(set.imported, note: note)
    try folder?.commit()
    for records in written {
      try records.file.commit()
      note("wrote \(records.file.path): \(records.counts)")
    }
    if let folder, let placed {
      for sentence in placed.notes(folder) { note(sentence) }
    } else {
      set.imported.noteImageFolders(to: note)
    }
  }

  /// Returns the datasets with the paths of their files, each with a note on the place of its
  /// images.
  private func records(
    of set: WrittenSet, _ output: Output
  ) -> [(contents: ExportedFile.Contents, path: String)] {
    set.files.enumerated().compactMap { index, file in
      guard let dataset = file.contents.dataset else { return nil }
      let path = output.path(of: file)
      let folder = imageFolder(of: dataset, at: index, file, in: set, path)
      return (file.contents.noting(imageFolder: folder), path)
    }
  }

  /// Returns the folder of a file's images, relative to the file's folder; nil if it is not known.
  private func imageFolder(
    of dataset: Dataset, at index: Int, _ file: ExportedFile, in set: WrittenSet, _ path: String
  ) -> String? {
    if let placed = set.pictures.first(where: { $0.dataset == index }) {
      let name = dataset.images[placed.index].fileName
      let folder = Substring(placed.path.utf8.dropLast(name.utf8.count))
      return Path.way(from: Path.folder(of: file.path), to: String(folder))
    }
    return set.imported.imageFolder(of: dataset.split, from: path)
  }

  /// Places the images of a set, if they are requested.
  private func place(_ set: WrittenSet, in folder: OutputFolder) throws -> PlacedPictures? {
    guard let pictures else { return nil }
    return try PlacedPictures(
      set.pictures, of: set.imported, by: pictures, in: folder, replaces: replaces)
  }

  private func refuseLeavingOut(_ set: WrittenSet, of imported: Imported) throws {
    guard leavesOut || !set.leavesOutMore(than: imported) else {
      throw UnwritableRecords(imported: set.imported)
    }
  }

  /// Trims blanks and invisible characters from the ends of the categories' names, which only COCO
  /// keeps.
  private func trimmed(_ imported: Imported) -> Imported {
    var set = imported
    var reported: Set<String> = []
    for split in set.datasets.indices {
      for index in set.datasets[split].categories.indices {
        let name = set.datasets[split].categories[index].name
        let bare = name.withoutInvisibleEnds
        guard bare != name, !bare.isEmpty else { continue }
        set.datasets[split].categories[index].name = bare
        guard reported.insert(name).inserted else { continue }
        note("note: category \(name.quotedWithInvisibles) is written as \"\(bare)\"")
      }
    }
    return set
  }

  /// Writes a folder, or one file into the folder that it belongs to.
  private func write(
    _ set: inout WrittenSet, _ exporter: any Exporter, _ output: Output
  ) async throws {
    let path = output.path
    let target = output.isOneFile ? Path.real(path) ?? path : path
    let root = output.isOneFile ? Path.folder(of: target) : path
    try Folder.make(output.isOneFile ? root : Path.folder(of: root))
    let name = output.isOneFile ? Path.name(of: target) : nil
    let folder = try await whole(&set, exporter, root, name)
    try refuseOverwriting(set, output)
    let placed = try place(set, in: folder)
    try output.rejected.write(set.imported, note: note)
    try folder.commit()
    for path in set.stale { try Folder.removeFile(Path.join(root, path)) }
    note("wrote \(path)" + (output.isOneFile ? "" : ": \(set.files.count) files"))
    for sentence in placed?.notes(folder) ?? [] { note(sentence) }
  }

  /// Writes all files, the one file by its `name`, to their temporary places, and reads them back.
  /// Records that read back differently are removed, and the rest is written once more.
  private func whole(
    _ set: inout WrittenSet, _ exporter: any Exporter, _ root: String, _ name: String?
  ) async throws -> OutputFolder {
    var (rounds, reason) = (0, "")
    while rounds < 3 {
      let folder = try staged(set, root, name)
      guard verifies else { return folder }
      let path = name.map { Path.join(folder.staging, $0) } ?? folder.staging
      let verifier = ExportVerifier(
        format: format, exporter: exporter, written: options, tasks: workers.tasks())
      let differing = try await verifier.differences(
        path, from: set.imported.datasets, set.pictures)
      guard let first = differing.first else { return folder }
      let given = set.imported
      set.leaveOut(differing, exporter)
      try refuseLeavingOut(set, of: given)
      (rounds, reason) = (rounds + 1, first.reason)
    }
    throw DatasetError("\(reason), again and again; nothing was written")
  }

  private func staged(_ set: WrittenSet, _ root: String, _ name: String?) throws -> OutputFolder {
    let folder = try OutputFolder(root)
    for file in set.files {
      if case .bytes(let bytes) = file.contents { try folder.write(bytes, to: name ?? file.path) }
    }
    return folder
  }
}

extension Format {
  /// The path that stands for standard output.
  public static let standardOutput = "-"

  /// Returns whether an output at `path` is one file and not a folder.
  public func isOneFile(_ path: String) -> Bool {
    if path == Self.standardOutput { return outputEnding != nil }
    guard let ending = outputEnding, !path.hasSuffix("/") else { return false }
    return Path.fileExtension(path) == ending || path.hasSuffix(".\(ending).zst")
  }
}
