import COCO
import Files

/// COCO JSON: instances, keypoints, captions; each file is a split of its own.
struct COCOImporter: Importer {

  private let options: ImportOptions

  init(_ options: ImportOptions) {
    self.options = options
  }

  static func evidence(in input: InputTree) -> Evidence? {
    let files = input.files(endingIn: "json")
    if let first = files.first(where: looksLikeCOCO) { return Evidence("\(first) has COCO's keys") }
    // Reading says what is wrong with it.
    if !input.isFolder, let file = files.first, looksLikeResults(file) {
      return Evidence("\(file) is a list with COCO's keys")
    }
    return nil
  }

  /// Whether COCO's names of lists stand near the file's beginning or its end.
  private static func looksLikeCOCO(_ path: String) -> Bool {
    let text = text(aroundTheMiddleOf: path, ifItBeginsWith: "{")
    return text.contains("\"images\"") || text.contains("\"annotations\"")
  }

  /// Whether a list begins with what a detector says of an image.
  private static func looksLikeResults(_ path: String) -> Bool {
    text(aroundTheMiddleOf: path, ifItBeginsWith: "[").contains("\"image_id\"")
  }

  /// A file's beginning and end; nothing where it begins with another character.
  private static func text(
    aroundTheMiddleOf path: String, ifItBeginsWith first: Unicode.Scalar
  ) -> String {
    guard let file = try? InputFile(path) else { return "" }
    let window = 65536
    let head = (try? file.bytes(at: 0, count: window)) ?? []
    let tail = (try? file.bytes(at: max(file.size - window, 0), count: window)) ?? []
    guard head.first(where: { !blanks.contains($0) && $0 < 0x80 }) == UInt8(ascii: first) else {
      return ""
    }
    return String(decoding: head + tail, as: UTF8.self)
  }

  private static let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]

  func read(_ inputs: [InputTree]) async throws -> Imported {
    var imported = Imported()
    var files: [String] = []
    for input in inputs {
      imported.reportUnreadable(in: input)
      files += input.isFolder ? readableFiles(in: input, imported: &imported) : [input.path]
    }
    let names = COCOSplitName.names(of: files)
    for (path, name) in zip(files, names) {
      let source = imported.sources.add(path)
      let split = files.count > 1 ? name : nil
      try await read(path, split: split, source: source, into: &imported)
    }
    return imported
  }

  private func readableFiles(in input: InputTree, imported: inout Imported) -> [String] {
    input.files(endingIn: "json").filter { path in
      do throws(FileError) {
        _ = try InputFile(path)
      } catch {
        imported.report(error, kind: .unreadableFile)
        return false
      }
      return Self.looksLikeCOCO(path)
    }
  }

  private func read(
    _ path: String, split: String?, source: Int, into imported: inout Imported
  ) async throws {
    let file = try InputFile(path)
    var reader = COCOReader(tasks: options.tasks)
    reader.tellsRepairs = !options.judgesRecords
    var contents = try await reader.read(file, source: source)
    contents.dataset.split = split
    imported.read += RecordCounts(
      images: contents.met.images, annotations: contents.met.annotations)
    for (what, count) in contents.imageRepairs {
      imported.changes[what, default: RecordCounts()] += RecordCounts(images: count)
    }
    for (what, count) in contents.annotationRepairs {
      imported.changes[what, default: RecordCounts()] += RecordCounts(annotations: count)
    }
    imported.findings += contents.findings
    imported.rejections += contents.rejections
    COCOCategoryNames.fillIn(&contents, path: path, source: source, into: &imported)
    let folder = try await COCOPictureCheck(options).check(
      &contents.dataset, beside: path, into: &imported)
    imported.imageFolders[split ?? ""] = folder
    let unnumbered = options.judgesRecords ? nil : COCOUnnumbered(contents)
    try await COCOReview(options).review(&contents.dataset, into: &imported)
    if let unnumbered {
      unnumbered.report(in: contents.dataset, at: imported.datasets.count, to: &imported)
    } else {
      Completion.complete(&contents.dataset, into: &imported)
    }
    imported.datasets.append(contents.dataset)
  }
}
