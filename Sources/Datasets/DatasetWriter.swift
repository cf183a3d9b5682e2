import COCO
public import Files
public import Formats

/// Writes datasets in a format, each file whole or not at all, and reads them back to compare.
///
/// ```swift
/// try await DatasetWriter().write(dataset, to: "instances.json")
/// ```
public struct DatasetWriter: Sendable {
  public var format = Format.coco
  public var options = ExportOptions()
  /// Whether files that exist are replaced.
  public var replaces = false
  /// Whether what was written is read back and compared before it is put in place.
  public var verifies = true
  public var workers = Workers()
  /// Is told, a line at a time, what was written.
  public var note: @Sendable (String) -> Void = { _ in }

  public init() {}

  /// Writes all splits of `imported`, and beside them the records that it rejected.
  ///
  /// - Parameter path: a file that ends as the format's do, or a folder.
  /// - Returns: what was exported, with all that the format has no place for.
  /// - Throws: `DatasetError` where the output reads back differently, `OverwriteRefusal` for a file
  ///   that exists or is read, `FileError` for what the system refuses. Nothing is changed then.
  @discardableResult
  public func write(_ imported: Imported, to path: String) async throws -> Exported {
    guard let exporter = format.exporter else {
      throw DatasetError("\(format.name) is read only, and cannot be written")
    }
    let exported = exporter.init(options).export(imported.datasets)
    let output = Output(path, isOneFile: format.isOneFile(path), imported: imported)
    try refuseOverwriting(exported.files.map { output.path(of: $0) }, output)
    var datasets: [(dataset: Dataset, path: String)] = []
    var files: [(bytes: [UInt8], path: String)] = []
    for file in exported.files {
      switch file.contents {
      case .coco(let dataset): datasets.append((dataset, output.path(of: file)))
      case .bytes(let bytes): files.append((bytes, file.path))
      }
    }
    if !datasets.isEmpty { try await write(datasets, output) }
    if !files.isEmpty { try await write(files, output) }
    return exported
  }

  /// Where a set goes, and what goes there.
  private struct Output {
    /// Without the slashes at its end.
    let path: String
    let isOneFile: Bool
    let imported: Imported
    let rejected: RejectedRecords

    init(_ path: String, isOneFile: Bool, imported: Imported) {
      var path = path
      while path.count > 1, path.hasSuffix("/") { path.removeLast() }
      self.path = path
      self.isOneFile = isOneFile
      self.imported = imported
      rejected = RejectedRecords(beside: path)
    }

    func path(of file: ExportedFile) -> String {
      isOneFile ? path : Path.join(path, file.path)
    }
  }

  private func refuseOverwriting(_ targets: [String], _ output: Output) throws {
    let imported = output.imported
    let outputs = imported.rejections.isEmpty ? targets : targets + [output.rejected.path]
    try OverwriteGuard(replaces: replaces).check(outputs, inputs: imported.sources.paths)
  }

  private func write(_ datasets: [(dataset: Dataset, path: String)], _ output: Output) async throws
  {
    var written: [(file: OutputFile, parts: WrittenCOCO, dataset: Dataset)] = []
    for (dataset, path) in datasets {
      try Folder.make(Path.folder(of: path))
      let file = try OutputFile(path)
      let parts = try await COCOWriter(tasks: workers.tasks("writing")).write(dataset, to: file)
      file.beginSync()
      written.append((file, parts, dataset))
    }
    if verifies {
      let verifier = COCOVerifier(tasks: workers.tasks("verifying"))
      for (file, parts, dataset) in written {
        if let difference = try await verifier.difference(between: file, parts, and: dataset) {
          throw DatasetError("\(file.path): \(difference); nothing was written")
        }
      }
    }
    try output.rejected.write(output.imported, note: note)
    for (file, _, dataset) in written {
      try file.commit()
      note(
        "wrote \(file.path): \(dataset.images.count) images, "
          + "\(dataset.annotations.count) annotations, \(dataset.categories.count) categories")
    }
    for (split, folder) in output.imported.imageFolders.sorted(by: { $0.key < $1.key }) {
      let whose = split.isEmpty ? "" : " of \(split)"
      note("file_name\(whose) is relative to \(folder)")
    }
  }

  /// Writes a folder, or one file into the folder that it belongs to.
  private func write(_ files: [(bytes: [UInt8], path: String)], _ output: Output) async throws {
    let path = output.path
    let target = output.isOneFile ? Path.real(path) ?? path : path
    let root = output.isOneFile ? Path.folder(of: target) : path
    try Folder.make(output.isOneFile ? root : Path.folder(of: root))
    let folder = try OutputFolder(root)
    for file in files {
      try folder.write(file.bytes, to: output.isOneFile ? Path.name(of: target) : file.path)
    }
    if verifies {
      let staged =
        output.isOneFile ? Path.join(folder.staging, Path.name(of: target)) : folder.staging
      try await ExportVerifier(format: format, tasks: workers.tasks())
        .verify(staged, against: output.imported.datasets)
    }
    try output.rejected.write(output.imported, note: note)
    try folder.commit()
    note("wrote \(path)" + (output.isOneFile ? "" : ": \(files.count) files"))
  }
}

extension Format {
  /// Whether an output at `path` is one file and not a folder.
  public func isOneFile(_ path: String) -> Bool {
    !path.hasSuffix("/") && Path.fileExtension(path) == outputEnding
  }
}
