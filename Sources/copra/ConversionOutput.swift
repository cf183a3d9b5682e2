import COCO
import Console
import Exporting
import Importing

/// Writes what a conversion made, each file whole or not at all.
struct ConversionOutput {
  private let options: OutputOptions
  private let imported: Imported
  private let reader: InputReader
  private let path: String
  private let rejected: RejectedRecords

  init(options: OutputOptions, imported: Imported, reader: InputReader) {
    self.options = options
    self.imported = imported
    self.reader = reader
    path = options.pathWithoutSlash
    rejected = RejectedRecords(beside: path)
  }

  func write(_ exported: Exported) async throws {
    let targets = exported.files.map { file in
      options.isOneFile ? path : Path.join(path, file.path)
    }
    try refuseOverwriting(targets)
    var datasets: [(dataset: Dataset, path: String)] = []
    var files: [(bytes: [UInt8], path: String)] = []
    for (file, target) in zip(exported.files, targets) {
      switch file.contents {
      case .coco(let dataset): datasets.append((dataset, target))
      case .bytes(let bytes): files.append((bytes, file.path))
      }
    }
    if !datasets.isEmpty { try await write(datasets) }
    if !files.isEmpty { try await write(files) }
  }

  private func refuseOverwriting(_ targets: [String]) throws {
    let outputs = imported.rejections.isEmpty ? targets : targets + [rejected.path]
    try OverwriteGuard(replaces: options.force).check(outputs, inputs: imported.sources.paths)
  }

  private func write(_ datasets: [(dataset: Dataset, path: String)]) async throws {
    let tasks = reader.tasks(named: "writing")
    var written: [(file: OutputFile, parts: WrittenCOCO, dataset: Dataset)] = []
    for (dataset, path) in datasets {
      try Folder.make(Path.folder(of: path))
      let file = try OutputFile(path)
      let parts = try await COCOWriter(tasks: tasks).write(dataset, to: file)
      file.beginSync()
      written.append((file, parts, dataset))
    }
    if !options.skipsVerification {
      let verifier = COCOVerifier(tasks: reader.tasks(named: "verifying"))
      for (file, parts, dataset) in written {
        if let difference = try await verifier.difference(between: file, parts, and: dataset) {
          throw CommandFailure("\(file.path): \(difference); nothing was written")
        }
      }
    }
    try rejected.write(imported)
    for (file, _, dataset) in written {
      try file.commit()
      Terminal.message(
        "wrote \(file.path): \(dataset.images.count) images, "
          + "\(dataset.annotations.count) annotations, \(dataset.categories.count) categories")
    }
    for (split, folder) in imported.imageFolders.sorted(by: { $0.key < $1.key }) {
      let whose = split.isEmpty ? "" : " of \(split)"
      Terminal.message("file_name\(whose) is relative to \(folder)")
    }
  }

  /// Writes a folder, or one file into the folder that it belongs to.
  private func write(_ files: [(bytes: [UInt8], path: String)]) async throws {
    let target = options.isOneFile ? Path.real(path) ?? path : path
    let root = options.isOneFile ? Path.folder(of: target) : path
    try Folder.make(options.isOneFile ? root : Path.folder(of: root))
    let folder = try OutputFolder(root)
    for file in files {
      try folder.write(file.bytes, to: options.isOneFile ? Path.name(of: target) : file.path)
    }
    if !options.skipsVerification {
      let staged =
        options.isOneFile ? Path.join(folder.staging, Path.name(of: target)) : folder.staging
      try await ExportVerifier(format: options.format.exporter.name, reader: reader)
        .verify(staged, against: imported.datasets)
    }
    try rejected.write(imported)
    try folder.commit()
    Terminal.message("wrote \(path)" + (options.isOneFile ? "" : ": \(files.count) files"))
  }
}
