import ArgumentParser
import COCO
import Console
import Engine
import Files
import Glibc
import Formats

/// A dataset in any format that `copra convert` reads, for a verb that runs a detector over it.
struct DatasetInput: ParsableArguments {
  @Option(
    name: .customLong("from"),
    help: ArgumentHelp(
      "The input's format (voc, yolo, csv, coco, masks); auto finds it out.", valueName: "format"))
  var format = "auto"

  @Option(
    help: ArgumentHelp(
      "Where the image files are, if not where the annotations say.", valueName: "folder"),
    completion: .directory)
  var images: String?

  /// What one input holds.
  struct Contents {
    var imported: Imported
    let path: String

    /// The split of one of the names, or all splits as one where there is none.
    mutating func samples(ofSplits names: [String], hasMasks: Bool) throws -> DetectionSamples {
      let named = imported.datasets.first { names.contains($0.split ?? "") }
      if named == nil { SplitMerger.merge(&imported) }
      guard let dataset = named ?? imported.datasets.first else {
        throw CommandFailure("\(path): no \(imported.format) annotations found there")
      }
      let none = dataset.images.isEmpty ? "" : nil
      guard let folder = imported.imageFolders[dataset.split ?? ""] ?? none else {
        throw CommandFailure("\(path): the image files are not found; --images says where they are")
      }
      return DetectionSamples(dataset, folder: folder, hasMasks: hasMasks)
    }
  }

  /// - Throws: a `CommandFailure` where the format is not known or nothing is found.
  func read(_ path: String) async throws -> Contents {
    let tasks = OrderedTasks(threads: sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let tree = try await InputTree(path, tasks: tasks)
    let type = try importer(of: tree)
    var options = ImportOptions()
    options.imagesFolder = images
    options.tasks = tasks
    var imported = try await type.init(options).read([tree])
    imported.format = type.name
    CategoryPolicy().apply(to: &imported, sortsByName: type.name != "coco")
    return Contents(imported: imported, path: path)
  }

  private func importer(of tree: InputTree) throws -> any Importer.Type {
    if format != "auto" {
      guard let type = Importers.all.first(where: { $0.name == format }) else {
        let names = Importers.all.map { $0.name }.joined(separator: ", ")
        throw CommandFailure("expected a format of auto, \(names), found \(format)")
      }
      return type
    }
    switch FormatDetection.detect([tree]) {
    case .found(let type, let evidence):
      Terminal.message("format: \(type.name) (\(evidence.reason))")
      return type
    case .ambiguous(let formats):
      // Often a set has its first annotations and a table that was made of them.
      let order = ["coco", "voc", "yolo", "csv", "masks"]
      let place = { (name: String) in order.firstIndex(of: name) ?? order.count }
      let best = formats.min { place($0.name) < place($1.name) }
      guard let best, let type = Importers.all.first(where: { $0.name == best.name }) else {
        throw CommandFailure("\(tree.path) fits several formats; --from says which is meant")
      }
      let others = formats.map(\.name).filter { $0 != best.name }.joined(separator: ", ")
      Terminal.message("format: \(best.name) (\(best.evidence.reason)); --from takes \(others)")
      return type
    case .mixed, .unknown:
      throw CommandFailure("\(tree.path): no annotations of a known format found there")
    }
  }
}
