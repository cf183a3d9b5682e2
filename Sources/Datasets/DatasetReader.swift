import COCO
public import Files
public import Formats

/// A reader of datasets in every format that copra knows: it detects the format, imports the files,
/// and applies the user's choice of categories and splits.
///
/// ```swift
/// let dataset = try await DatasetReader().read("VOC2012")
/// ```
public struct DatasetReader: Sendable {
  /// The format of the input; nil detects it from the files.
  public var format: Format?
  /// The interpretation of the input. The tasks and class names are set from `workers` and
  /// `categories`.
  public var options = ImportOptions()
  /// The names, order and numbering of the categories.
  public var categories = CategoryPolicy()
  /// Whether all splits are merged into one dataset.
  public var mergesSplits = false
  /// The workers that read.
  public var workers = Workers()
  /// Receives, line by line, the decisions made before the input is read: the format and the
  /// reason.
  public var note: @Sendable (String) -> Void = { _ in }

  /// Creates a reader that detects the format and keeps splits and categories.
  public init() {}

  /// Reads inputs of one format: files or folders, each counted once.
  ///
  /// - Returns: One dataset for each split, with findings, rejections and an account of all
  ///   records.
  /// - Throws: `DatasetError` if the format is not known or nothing of it is found; `FileError` if
  ///   an input cannot be opened.
  public func read(_ paths: String...) async throws -> Imported {
    try await read(paths)
  }

  /// Reads inputs as above.
  public func read(_ paths: [String]) async throws -> Imported {
    let trees = try await InputSelection(paths).trees(workers.tasks(), note: note)
    var imported = try await read(trees)
    guard let format = imported.format else { return imported }
    imported.gatherFindings(of: imported.datasets.reduce(0) { $0 + $1.images.count })
    imported.doubtBoxes(isJudged: !options.judgesRecords)
    // A warning is all that a check may have to say; to convert, there must be something.
    if imported.isEmpty(besides: options.judgesRecords ? .error : .warning) {
      for message in imported.notes { note("note: \(message)") }
      throw DatasetError("\(Self.named(trees)): no \(format.name) annotations found")
    }
    imported.notes += notesOnUnusedRenames(of: imported.datasets.flatMap(\.categories))
    categories.apply(to: &imported, sortsByName: !format.holdsAll && categories.names == nil)
    if options.judgesRecords {
      CopiedPictures.leaveOut(of: &imported, mergesSplits: mergesSplits)
    }
    // The others tell it while they read.
    if format.holdsAll { SplitMerger.noteShared(in: &imported) }
    if mergesSplits { SplitMerger.merge(&imported) }
    return imported
  }

  /// The options for importers, locators and editors.
  public var importOptions: ImportOptions {
    var result = options
    result.classNames = categories.names
    result.ignoresSplits = mergesSplits
    result.tasks = workers.tasks("reading")
    return result
  }

  private func read(_ trees: [InputTree]) async throws -> Imported {
    if let format = format ?? impliedFormat(trees) {
      return try await format.read(trees, importOptions)
    }
    switch FormatDetection.detect(trees) {
    case .found(let format, let evidence):
      note("format: \(format.name) (\(evidence.reason))")
      for foreign in trees.compactMap({ ForeignFormats.find(in: $0, besides: format) }) {
        note("note: \(foreign.description)")
      }
      return try await format.read(trees, importOptions)
    case .ambiguous(let formats):
      return try await FormatChoice(formats, trees: trees, options: importOptions)
        .imported(note: note)
    case .mixed(let inputs):
      let list = inputs.prefix(4).map { "\($0.path) is \($0.format.name)" }
      throw DatasetError(
        "the inputs are of several formats: \(list.joined(separator: ", ")); convert each "
          + "format separately")
    case .unknown:
      let names = Format.readable.map(\.name).joined(separator: ", ")
      let foreign = trees.compactMap { ForeignFormats.find(in: $0)?.description }
      let nearMisses = trees.flatMap { tree in
        Format.readable.compactMap { $0.nearMiss(in: tree) }
      }
      throw DatasetError(
        "\(Self.named(trees)): no annotations of a known format (\(names)) found; "
          + (["--from names one"] + foreign + nearMisses).joined(separator: "\n"))
    }
  }

  /// Returns the format that the options imply, if all inputs may be of it.
  private func impliedFormat(_ trees: [InputTree]) -> Format? {
    guard options.speaksOfTables, trees.allSatisfy(mayBeTable) else { return nil }
    note("format: csv (as --csv-columns or --csv-units says)")
    return .csv
  }

  private func mayBeTable(_ tree: InputTree) -> Bool {
    let others = Format.readable.filter { $0 != .csv && $0 != .yolo }
    return tree.isFolder
      ? !tree.files(endingIn: "csv", "tsv").isEmpty
      : !others.contains { $0.fileEndings.contains(Path.fileExtension(tree.path)) }
  }

  /// Returns notes on renames of categories that do not exist, which may be misspelt.
  func notesOnUnusedRenames(of all: [COCO.Category]) -> [String] {
    let known = Set(all.map(\.name))
    return categories.renames.keys.sorted().filter { !known.contains($0) }
      .map { "--category-map: no category is called \"\($0)\"" }
  }

  static func named(_ trees: [InputTree]) -> String {
    trees.map(\.path).joined(separator: ", ")
  }
}

extension Format {
  /// Reads the inputs as files of this format.
  func read(_ trees: [InputTree], _ options: ImportOptions) async throws -> Imported {
    guard let importer else { throw DatasetError("\(name) can be written, but not read") }
    var imported = try await importer.init(options).read(trees)
    imported.format = self
    return imported
  }
}

/// The reason why a dataset cannot be read or written.
public struct DatasetError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The reason as a message for the user.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// The inputs that a user named, each only once.
struct InputSelection {
  private let paths: [String]

  init(_ paths: [String]) {
    self.paths = paths
  }

  /// Returns the inputs without those that are named again or lie in another one, which would be
  /// counted twice; `note` receives these. Throws a `FileError` if one does not exist.
  func trees(_ tasks: OrderedTasks, note: (String) -> Void) async throws -> [InputTree] {
    var firsts: [String: String] = [:]
    for path in paths {
      let real = Path.real(path) ?? path
      if firsts[real] == nil { firsts[real] = path }
    }
    var trees: [InputTree] = []
    var seen: Set<String> = []
    for path in paths {
      let real = Path.real(path) ?? path
      let isAgain = !seen.insert(real).inserted
      if let whole = isAgain ? firsts[real] : folders(above: real).compactMap({ firsts[$0] }).first
      {
        note("note: \(path) is part of \(whole) and is read only once")
      } else {
        trees.append(try await InputTree(path, tasks: tasks))
      }
    }
    return trees
  }

  private func folders(above path: String) -> [String] {
    let folder = Path.folder(of: path)
    return folder == path || folder == "." ? [] : [folder] + folders(above: folder)
  }
}
