import COCO

/// COCO JSON: instances, keypoints, captions; each file is a split of its own.
struct COCOImporter: Importer {
  static let name = "coco"

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
    let splits: [String?] = files.count > 1 ? COCOSplitName.names(of: files) : [nil]
    for (path, split) in zip(files, splits) {
      let source = imported.sources.add(path)
      try await read(path, split: split, source: source, into: &imported)
    }
    return imported
  }

  private func readableFiles(in input: InputTree, imported: inout Imported) -> [String] {
    input.files(endingIn: "json").filter { path in
      do throws(FileError) {
        _ = try InputFile(path)
      } catch {
        imported.report(error, rule: "unreadable-file")
        return false
      }
      return Self.looksLikeCOCO(path)
    }
  }

  private func read(
    _ path: String, split: String?, source: Int, into imported: inout Imported
  ) async throws {
    let file = try InputFile(path)
    var contents = try await COCOReader(tasks: options.tasks).read(file, source: source)
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
    let folder = try await COCOPictureCheck(options).check(
      &contents.dataset, beside: path, split: split, into: &imported)
    imported.imageFolders[split ?? ""] = folder
    try await COCOReview(options).review(&contents.dataset, into: &imported)
    Completion.complete(&contents.dataset, into: &imported)
    imported.datasets.append(contents.dataset)
  }
}

/// The split that a COCO file's name tells: `instances_train2017.json` is `train2017`.
enum COCOSplitName {
  /// A name for each, no two the same: where files share one, their folders tell them apart, and
  /// numbers where those do not.
  static func names(of paths: [String]) -> [String] {
    let names = paths.map(name)
    let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
    var taken = Set(names.filter { counts[$0] == 1 })
    return zip(paths, names).map { path, name in
      if counts[name] == 1 { return name }
      let folder = Path.name(of: Path.folder(of: path))
      let base = folder == "." || folder == name ? name : "\(folder)_\(name)"
      var candidate = base
      var number = 2
      while !taken.insert(candidate).inserted {
        candidate = "\(base)_\(number)"
        number += 1
      }
      return candidate
    }
  }

  static func name(of path: String) -> String {
    let stem = Path.withoutExtension(Path.name(of: path))
    for prefix in ["instances_", "person_keypoints_", "captions_"] where stem.hasPrefix(prefix) {
      return String(stem.dropFirst(prefix.count))
    }
    if stem == "_annotations.coco" { return Path.name(of: Path.folder(of: path)) }
    return stem
  }
}
