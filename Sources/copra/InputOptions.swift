public import ArgumentParser
import COCO
public import Importing

/// The options that say how an input is meant, for every verb that reads one.
struct InputOptions: ParsableArguments {
  @Argument(help: "Files or folders with annotations.", completion: .file())
  var inputs: [String]

  @Option(
    help: "The input's format: auto, \(Importers.all.map { $0.name }.joined(separator: ", ")).")
  var from = "auto"

  @Option(help: "Where the image files are.", completion: .directory)
  var images: String?

  @Option(help: "Sizes of pictures with an EXIF orientation: upright, stored, error.")
  var exif = ImportOptions.EXIFPolicy.upright

  @Option(
    help: "Class names in their order: a file with one a line, or a,b,c.", completion: .file())
  var categories: String?

  @Option(
    help: "A file that renames and merges classes, one \"old: new\" a line.", completion: .file())
  var categoryMap: String?

  @Flag(help: "Leave out categories that no annotation uses.")
  var dropUnusedCategories = false

  @Option(help: "How VOC corners count: as-written, or one-based (min − 1, max kept).")
  var vocPixels = ImportOptions.VOCPixels.asWritten

  @Option(help: "Objects that VOC marks as difficult: keep, crowd, drop.")
  var difficult = ImportOptions.Difficult.keep

  @Option(help: "What CSV coordinates count: auto, pixels, normalised.")
  var csvUnits = ImportOptions.CSVUnits.auto

  @Option(
    help: "Which CSV column holds what, as in image=path,class=kind,xmin=left.",
    transform: CSVColumns.init)
  var csvColumns = CSVColumns()

  @Option(help: ArgumentHelp("Threads to use; all cores if not given.", valueName: "n"))
  var threads: Int?

  func validate() throws {
    guard from == "auto" || Importers.all.contains(where: { $0.name == from }) else {
      let names = Importers.all.map { $0.name }.joined(separator: ", ")
      throw ValidationError("--from takes auto, \(names); found \(from)")
    }
    if let threads, threads < 1 { throw ValidationError("--threads takes a number from 1 on") }
    if inputs.isEmpty { throw ValidationError("no input given") }
  }
}

/// The value of `--csv-columns`.
struct CSVColumns {
  var byRole: [String: String] = [:]

  init() {}

  init(_ text: String) throws {
    for pair in text.split(separator: ",") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else {
        throw ValidationError("--csv-columns takes ROLE=COLUMN,…; found \(pair)")
      }
      byRole[String(parts[0])] = String(parts[1])
    }
  }
}

extension ImportOptions.EXIFPolicy: ExpressibleByArgument {}
extension ImportOptions.VOCPixels: ExpressibleByArgument {}
extension ImportOptions.Difficult: ExpressibleByArgument {}
extension ImportOptions.CSVUnits: ExpressibleByArgument {}
