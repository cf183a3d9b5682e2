import COCO
import Console
import Glibc
import Importing

/// Reads the inputs of a command: finds out the format, imports, applies the user's categories.
struct InputReader {
  let options: InputOptions
  /// Whether all splits go into one dataset.
  var mergesSplits = false
  /// Whether inverted corners are put in order.
  var appliesSafeFixes = false
  /// Whether records that COCO cannot hold are left out.
  var judgesRecords = true

  var tasks: OrderedTasks { tasks(named: nil) }

  /// Tasks that show a progress bar called `name` where there is a terminal to show it.
  func tasks(named name: String?) -> OrderedTasks {
    let threads = options.threads ?? sysconf(Int32(_SC_NPROCESSORS_ONLN))
    return OrderedTasks(threads: threads, progress: name.flatMap(ProgressBar.shown))
  }

  /// What the inputs hold.
  func read() async throws -> Imported {
    let trees = try await InputSelection(options.paths).trees(tasks)
    let type = try format(of: trees)
    let policy = try options.categories.policy()
    var imported = try await type.init(importOptions()).read(trees)
    imported.format = type.name
    // A warning is all that a check may have to say; to convert, there must be something.
    if imported.isEmpty(besides: judgesRecords ? .error : .warning) {
      for note in imported.notes { Terminal.message("note: \(note)") }
      throw CommandFailure("\(named(trees)): no \(type.name) annotations found there")
    }
    noteUnusedRenames(policy, to: &imported)
    policy.apply(to: &imported, sortsByName: type.name != "coco" && policy.names == nil)
    if mergesSplits { SplitMerger.merge(&imported) }
    return imported
  }

  /// A name that is misspelt would go unseen.
  private func noteUnusedRenames(_ policy: CategoryPolicy, to imported: inout Imported) {
    let known = Set(imported.datasets.flatMap { $0.categories.map(\.name) })
    for name in policy.renames.keys.sorted() where !known.contains(name) {
      imported.notes.append("--category-map: no category is called \"\(name)\"")
    }
  }

  private func format(of trees: [InputTree]) throws -> any Importer.Type {
    if let type = options.source.format.importer { return type }
    switch FormatDetection.detect(trees) {
    case .found(let type, let evidence):
      Terminal.message("format: \(type.name) (\(evidence.reason))")
      return type
    case .ambiguous(let formats):
      let lines = formats.map { "  --from \($0.name): \($0.evidence.reason)" }
      throw CommandFailure(
        "\(named(trees)) fits several formats; say which is meant:\n"
          + lines.joined(separator: "\n"))
    case .mixed(let inputs):
      let list = inputs.prefix(4).map { "\($0.path) is \($0.name)" }.joined(separator: ", ")
      throw CommandFailure(
        "the inputs are of several formats: \(list); convert those of each by themselves")
    case .unknown:
      let names = InputFormat.names.joined(separator: ", ")
      throw CommandFailure(
        "\(named(trees)): no annotations of a known format (\(names)) found there; "
          + "--from names one")
    }
  }

  private func named(_ trees: [InputTree]) -> String {
    trees.map(\.path).joined(separator: ", ")
  }

  /// How the input is read. Throws where the user's list of categories cannot be.
  func importOptions() throws -> ImportOptions {
    var result = ImportOptions()
    result.imagesFolder = options.source.images
    result.exif = options.source.exif
    result.vocPixels = options.formats.vocPixels
    result.difficult = options.formats.difficult
    result.csvUnits = options.formats.csvUnits
    result.csvColumns = options.formats.csvColumns?.byRole ?? [:]
    result.classNames = try options.categories.policy().names
    result.appliesSafeFixes = appliesSafeFixes
    result.judgesRecords = judgesRecords
    result.ignoresSplits = mergesSplits
    result.tasks = tasks(named: "reading")
    return result
  }
}
