public import ArgumentParser
import COCO
public import Exporting

/// What a conversion writes, and where.
struct OutputOptions: ParsableArguments {
  /// What becomes of records that COCO cannot hold.
  enum ErrorPolicy: String, ExpressibleByArgument, CaseIterable {
    case quarantine, stop, fix
  }

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      "A file, as in out.json, or a folder, with a file for each split.", valueName: "path"),
    completion: .file())
  var path: String

  @Option(
    name: .customLong("to"), help: ArgumentHelp("The output's format.", valueName: "format"))
  var format = OutputFormat.standard

  @Option(help: ArgumentHelp("YOLO: what a row holds.", valueName: "shape"))
  var yoloRows = ExportOptions.YOLORows.box

  @Option(
    help: ArgumentHelp(
      """
      Bad records: quarantine lists them in OUTPUT.rejected.jsonl, stop writes nothing at all, \
      fix mends what is safe to mend and lists the rest.
      """, valueName: "what"))
  var onError = ErrorPolicy.quarantine

  @Flag(help: "Replace an output that exists.")
  var force = false

  @Flag(name: .customLong("no-verify"), help: "Do not read the output back to compare it.")
  var skipsVerification = false

  /// The output without the slashes at its end.
  var pathWithoutSlash: String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  /// Whether the output is one file and not a folder.
  var isOneFile: Bool {
    !path.hasSuffix("/") && Path.fileExtension(path) == format.fileExtension
  }

  func validate() throws {
    if path.isEmpty { throw ValidationError("--output is empty; expected a file or a folder") }
    let ending = Path.fileExtension(path)
    if OutputFormat.fileExtensions.contains(ending), !isOneFile, !path.hasSuffix("/") {
      let kinds = format.fileExtension.map { "a .\($0) file or a folder" } ?? "a folder"
      throw ValidationError(
        "--to \(format.exporter.name) writes \(kinds), found \(path); --to names another format")
    }
  }
}

/// The value of `--to`.
struct OutputFormat: ExpressibleByArgument {
  /// The first of the list.
  static let standard = OutputFormat(exporter: Exporters.all[0])

  let exporter: any Exporter.Type

  private init(exporter: any Exporter.Type) {
    self.exporter = exporter
  }

  init?(argument: String) {
    guard let exporter = Exporters.all.first(where: { $0.name == argument }) else { return nil }
    self.exporter = exporter
  }

  /// The ending of an output that is one file; nil where the format is always a folder.
  var fileExtension: String? { exporter.fileExtension }
  static var fileExtensions: [String] { Exporters.all.compactMap { $0.fileExtension } }

  var defaultValueDescription: String { exporter.name }
  static var allValueStrings: [String] { Exporters.all.map { $0.name } }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

extension ExportOptions.YOLORows: ExpressibleByArgument {}
