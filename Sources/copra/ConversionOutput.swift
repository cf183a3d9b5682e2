import COCO
import Exporting
import Glibc
import Importing

/// Writes what a conversion made, each file whole or not at all.
struct ConversionOutput {
  let command: ConvertCommand
  let imported: Imported
  let reader: InputReader

  private var path: String {
    var path = command.output
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  private var rejectedPath: String { path + ".rejected.jsonl" }

  /// Where a file of the output goes: the output itself where that is one file.
  private func target(of file: ExportedFile, among count: Int) -> String {
    let isOneFile = count == 1 && Path.fileExtension(path) == Path.fileExtension(file.path)
    return isOneFile ? path : Path.join(path, file.path)
  }

  func write(_ exported: Exported) async throws {
    let targets = exported.files.map { target(of: $0, among: exported.files.count) }
    try refuseOverwriting(targets)
    var coco: [(dataset: Dataset, path: String)] = []
    var others: [(bytes: [UInt8], path: String, relative: String)] = []
    for (file, target) in zip(exported.files, targets) {
      switch file.contents {
      case .coco(let dataset): coco.append((dataset, target))
      case .bytes(let bytes): others.append((bytes, target, file.path))
      }
    }
    if others.count == 1, others[0].path == path {
      try writeRejections()
      try await write(others[0].bytes)
    } else if !others.isEmpty {
      try writeRejections()
      try await writeFolder(others.map { ($0.bytes, $0.relative) })
    }
    if !coco.isEmpty { try await write(coco) }
  }

  private func write(_ files: [(dataset: Dataset, path: String)]) async throws {
    let tasks = reader.tasks(named: "writing")
    var written: [(OutputFile, WrittenCOCO, Dataset)] = []
    for file in files {
      try makeFolder(Path.folder(of: file.path))
      let output = try OutputFile(file.path)
      let parts = try await COCOWriter(tasks: tasks).write(file.dataset, to: output)
      written.append((output, parts, file.dataset))
    }
    if !command.skipsVerification {
      let verifier = COCOVerifier(tasks: reader.tasks(named: "verifying"))
      for (output, parts, dataset) in written {
        if let difference = try await verifier.difference(between: output, parts, and: dataset) {
          throw CommandFailure("\(output.path): \(difference); nothing was written")
        }
      }
    }
    try writeRejections()
    for (output, _, dataset) in written {
      try output.commit()
      Terminal.message(
        "wrote \(output.path): \(dataset.images.count) images, "
          + "\(dataset.annotations.count) annotations, \(dataset.categories.count) categories")
    }
    for (split, folder) in imported.imageFolders.sorted(by: { $0.key < $1.key }) {
      let whose = split.isEmpty ? "" : " of \(split)"
      Terminal.message("file_name\(whose) is relative to \(folder)")
    }
  }

  private func write(_ bytes: [UInt8]) async throws {
    let output = try OutputFile(path)
    try output.write(bytes)
    try await verify { folder in
      let copy = Path.join(folder, Path.name(of: path))
      let file = try OutputFile(copy)
      try file.write(bytes)
      try file.commit()
      return copy
    }
    try output.commit()
    Terminal.message("wrote \(path)")
  }

  private func writeFolder(_ files: [(bytes: [UInt8], relative: String)]) async throws {
    let folder = try OutputFolder(path)
    for file in files { try folder.write(file.bytes, to: file.relative) }
    if !command.skipsVerification {
      try await ExportVerifier(format: command.to, reader: reader)
        .verify(folder.staging, against: imported.datasets)
    }
    try folder.commit()
    Terminal.message("wrote \(path): \(files.count) files")
  }

  /// Reads a copy of a single file back; `place` puts it into a folder of its own.
  private func verify(_ place: (String) throws -> String) async throws {
    guard !command.skipsVerification else { return }
    var template = Array("\(Path.folder(of: path))/.copra-verify.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw FileError("write", path) }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { rmdir(folder) }
    let copy = try place(folder)
    defer { unlink(copy) }
    try await ExportVerifier(format: command.to, reader: reader)
      .verify(copy, against: imported.datasets)
  }

  private func refuseOverwriting(_ targets: [String]) throws {
    let inputs = Set(imported.sources.paths.compactMap(realPath))
    for target in targets {
      guard let real = realPath(target) else { continue }
      if inputs.contains(real) {
        throw CommandFailure("\(target) is an input; copra does not overwrite what it reads")
      }
      if !command.force { throw CommandFailure("\(target) exists; --force replaces it") }
    }
    if !command.force, !imported.rejections.isEmpty, realPath(rejectedPath) != nil {
      throw CommandFailure("\(rejectedPath) exists; --force replaces it")
    }
  }

  private func realPath(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  private func makeFolder(_ folder: String) throws {
    if folder == "." || folder == "/" || realPath(folder) != nil { return }
    try makeFolder(Path.folder(of: folder))
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
      throw FileError("make folder", folder)
    }
  }

  /// One JSON object a line: place, rule, message, and the record as it stood.
  private func writeRejections() throws {
    guard !imported.rejections.isEmpty else {
      unlink(rejectedPath)
      return
    }
    try makeFolder(Path.folder(of: rejectedPath))
    let file = try OutputFile(rejectedPath)
    var places = PlaceFinder(imported.sources)
    for rejection in imported.rejections {
      var line = JSONObject()
      if let origin = rejection.finding.origin {
        let place = places.place(of: origin)
        line["file"] = .string(place.path)
        line["line"] = .integer(place.line)
        line["column"] = .integer(place.column)
      }
      line["kind"] = .string(rejection.kind.rawValue)
      line["rule"] = .string(rejection.finding.rule)
      line["message"] = .string(rejection.finding.message)
      line["record"] = .string(rejection.record)
      var output = JSONOutput()
      output.append(line)
      try file.write(output.text + "\n")
    }
    try file.commit()
    Terminal.message("wrote \(rejectedPath): \(imported.rejections.count) rejected records")
  }
}
