import COCO
import Glibc
import Importing

/// Reads the inputs of a command: finds out the format, imports, applies the user's categories.
struct InputReader {
  let options: InputOptions
  /// Whether all splits go into one dataset.
  var mergesSplits = false
  /// Whether inverted corners are put in order.
  var appliesSafeFixes = false
  var isQuiet = false

  var tasks: OrderedTasks { tasks(named: nil) }

  /// Tasks that show a progress bar called `name` where there is a terminal to show it.
  func tasks(named name: String?) -> OrderedTasks {
    let threads = options.threads ?? sysconf(Int32(_SC_NPROCESSORS_ONLN))
    return OrderedTasks(threads: threads, progress: name.flatMap(ProgressBar.shown))
  }

  /// What the inputs hold, and the name of their format.
  func read() async throws -> Imported {
    let trees = try options.inputs.map { path throws(FileError) in try InputTree(path) }
    let type = try format(of: trees)
    let policy = try categoryPolicy()
    var imported = try await type.init(importOptions(policy)).read(trees)
    policy.apply(to: &imported, sortsByName: type.name != "coco" && policy.names == nil)
    if mergesSplits { SplitMerger.merge(&imported) }
    return imported
  }

  private func format(of trees: [InputTree]) throws -> any Importer.Type {
    if let type = Importers.all.first(where: { $0.name == options.from }) { return type }
    switch FormatDetection.detect(trees) {
    case .found(let type, let evidence):
      if !isQuiet { Terminal.message("format: \(type.name) (\(evidence.reason))") }
      return type
    case .ambiguous(let formats):
      let lines = formats.map { "  --from \($0.name): \($0.evidence.reason)" }
      throw CommandFailure(
        "\(options.inputs[0]) fits several formats; say which is meant:\n"
          + lines.joined(separator: "\n"))
    case .unknown:
      let names = Importers.all.map { $0.name }.joined(separator: ", ")
      throw CommandFailure(
        "\(options.inputs[0]): no annotations of a known format (\(names)) found there; "
          + "--from names one")
    }
  }

  private func importOptions(_ policy: CategoryPolicy) -> ImportOptions {
    var result = ImportOptions()
    result.imagesFolder = options.images
    result.exif = options.exif
    result.vocPixels = options.vocPixels
    result.difficult = options.difficult
    result.csvUnits = options.csvUnits
    result.csvColumns = options.csvColumns.byRole
    result.classNames = policy.names
    result.appliesSafeFixes = appliesSafeFixes
    result.ignoresSplits = mergesSplits
    result.tasks = tasks(named: "reading")
    return result
  }

  private func categoryPolicy() throws -> CategoryPolicy {
    var policy = CategoryPolicy()
    policy.names = try options.categories.map(CategoryList.names)
    policy.renames = try options.categoryMap.map(CategoryList.renames) ?? [:]
    policy.dropsUnused = options.dropUnusedCategories
    return policy
  }
}
