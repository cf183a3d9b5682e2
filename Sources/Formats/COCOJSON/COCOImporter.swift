import COCO
import Files

/// An importer of COCO JSON: instances, keypoints, captions; each file is a split of its own.
struct COCOImporter: Importer {

  private let options: ImportOptions
  private let endings: [String]
  /// Whether the file of a path holds records.
  private let holdsRecords: @Sendable (String) -> Bool

  init(_ options: ImportOptions) {
    self.init(options, endings: ["json"]) {
      COCOEvidence.hasLists($0) || COCOEvidence.otherEncoding(of: $0) != nil
    }
  }

  /// Creates an importer.
  ///
  /// - Parameters:
  ///   - endings: The endings of the files of a folder that are examined.
  ///   - holdsRecords: Returns whether the file at a path holds records.
  init(
    _ options: ImportOptions, endings: [String], holdsRecords: @escaping @Sendable (String) -> Bool
  ) {
    self.options = options
    self.endings = endings
    self.holdsRecords = holdsRecords
  }

  func read(_ inputs: [InputTree]) async throws -> Imported {
    var imported = Imported()
    var files = COCOFileGroups()
    for input in inputs {
      imported.reportUnreadable(in: input)
      if input.isFolder {
        files.add(
          readableFiles(in: input, imported: &imported), in: input.path, of: options.cocoTasks)
      } else {
        files.add(input.path)
      }
    }
    if let note = files.note { imported.notes.append(note) }
    let names = COCOSplitName.names(
      of: files.groups.map { group in
        let path = group.paths[0]
        return Path.fileExtension(path) == "zst" ? Path.withoutExtension(path) : path
      })
    for (group, name) in zip(files.groups, names) {
      try await read(group, split: files.groups.count > 1 ? name : nil, into: &imported)
    }
    return imported
  }

  private func readableFiles(in input: InputTree, imported: inout Imported) -> [String] {
    input.files(endingIn: endings).filter { path in
      do throws(FileError) {
        _ = try InputFile(path)
      } catch {
        imported.report(error, kind: .unreadableFile)
        return false
      }
      return holdsRecords(path)
    }
  }

  private func read(
    _ group: COCOFileGroups.Group, split: String?, into imported: inout Imported
  ) async throws {
    var files: [(contents: COCOContents, path: String)] = []
    for path in group.paths {
      let source = imported.sources.add(path)
      if let contents = try await read(path, source: source, into: &imported) {
        files.append((contents, path))
      }
    }
    guard let first = files.first else { return }
    if files.count == 1, COCOTask(first.contents) == .captions {
      imported.notes.append("\(first.path) contains captions and no objects")
    }
    // Taken out, so that changing it copies nothing.
    var (contents, path) = files.removeFirst()
    var join = COCOJoin(contents)
    for file in files { join.add(file.contents, of: file.path, to: &contents) }
    join.report(contents, of: path, to: &imported)
    contents.dataset.split = split
    let folder = try await COCOPictureCheck(options).check(
      &contents.dataset, beside: path, below: group.root, into: &imported)
    imported.imageFolders[split ?? ""] = folder
    try await COCOReview(options).review(&contents, into: &imported)
    imported.datasets.append(contents.dataset)
  }

  /// Returns the contents of a file; nil if they are no objects on images, which is then reported.
  private func read(
    _ path: String, source: Int, into imported: inout Imported
  ) async throws -> COCOContents? {
    let file = try InputFile(path)
    let review = COCOReview(options)
    var reader = COCOReader(tasks: options.tasks)
    reader.tellsRepairs = review.leavesFaultsToRules
    reader.tellsRings = !review.leavesFaultsToRules
    var contents = try await reader.read(file, source: source)
    let task = COCOTask(contents)
    if let finding = task?.finding(of: contents, source: source) {
      imported.findings.append(finding)
      return nil
    }
    imported.findings += contents.findings
    imported.rejections += contents.rejections
    imported.reported.merge(contents.reported)
    imported.notes += contents.notes.map { "\(path): \($0)" }
    if reader.tellsRepairs {
      var addresses = COCOAddresses()
      addresses.add(contents)
      if let finding = addresses.finding { imported.findings.append(finding) }
    }
    COCOCategoryNames.fillIn(&contents, path: path, source: source, into: &imported)
    return contents
  }
}

/// The images of a file that have addresses in place of names, which is reported once.
struct COCOAddresses {
  private var count = 0
  private var first: Origin?

  /// Adds the images of a part.
  mutating func add(_ contents: COCOContents) {
    guard let count = contents.imageRepairs[COCOContents.addressRepair],
      let image = contents.dataset.images.first(where: \.isChanged)
    else { return }
    if self.count == 0 { first = image.origin }
    self.count += count
  }

  /// The finding; nil if there are none.
  var finding: Finding? {
    guard count > 0 else { return nil }
    return Finding(
      .missingField, severity: .warning,
      "\(count) \(count == 1 ? "image has" : "images have") no \"file_name\", which is taken from "
        + "\"coco_url\", as in LVIS",
      at: first)
  }
}

/// The categories for a file that lists none, such as one cut before its list: named by their ids.
enum COCOCategoryNames {
  static func fillIn(
    _ contents: inout COCOContents, path: String, source: Int, into imported: inout Imported
  ) {
    guard contents.met.categories == 0 else { return }
    let ids = Set(contents.dataset.annotations.lazy.compactMap(\.categoryID)).sorted()
    guard !ids.isEmpty else { return }
    contents.dataset.categories = ids.map { Category(id: $0, name: String($0)) }
    let message = "the file lists no categories, which are therefore named by their ids"
    let faults = contents.findings + contents.rejections.map(\.finding)
    if faults.contains(where: { $0.kind == .malformedFile }) {
      // One fault, which has been reported: the file ends before its categories.
      imported.notes.append("\(path): \(message)")
    } else {
      imported.findings.append(
        Finding(.missingField, severity: .warning, message, at: Origin(file: source, offset: 0)))
    }
  }
}
