public import ArgumentParser
import Console
import Datasets
import Files
public import Formats

/// What a conversion writes, and where.
struct OutputOptions: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      "A file, as in out.json, or a folder, with a file for each split.", valueName: "path"),
    completion: .file())
  var path: String

  @Option(
    name: .customLong("to"), help: ArgumentHelp("The output's format.", valueName: "format"))
  var format = OutputFormat.standard

  @Option(
    help: ArgumentHelp(
      """
      YOLO: what a row holds: a box, and keypoints where objects have them; the corners of one \
      outline; or the four corners of an oriented box.
      """, valueName: "shape"))
  var yoloRows = ExportOptions.YOLORows.box

  @Option(
    help: ArgumentHelp(
      """
      Bad records: quarantine lists them in OUTPUT.rejected.jsonl, stop writes nothing at all, \
      fix mends what is safe to mend and lists the rest.
      """, valueName: "what"))
  var onError = ConversionSettings.ErrorPolicy.quarantine

  @Flag(help: "Replace an output that exists.")
  var force = false

  @Flag(name: .customLong("no-verify"), help: "Do not read the output back to compare it.")
  var skipsVerification = false

  /// Returns a writer that writes as the options say and tells of what it wrote on standard error.
  func writer(workers: Workers) -> DatasetWriter {
    var writer = DatasetWriter()
    writer.format = format.format
    writer.options.yoloRows = yoloRows
    writer.replaces = force
    writer.verifies = !skipsVerification
    writer.workers = workers
    writer.note = { Terminal.message($0) }
    return writer
  }

  func validate() throws {
    if path.isEmpty { throw ValidationError("--output is empty; expected a file or a folder") }
    let ending = Path.fileExtension(path)
    let isOfAnother = Format.writable.contains { $0.outputEnding == ending }
    if isOfAnother, !format.format.isOneFile(path), !path.hasSuffix("/") {
      let kinds = format.format.outputEnding.map { "a .\($0) file or a folder" } ?? "a folder"
      throw ValidationError(
        "--to \(format.format.name) writes \(kinds), found \(path); --to names another format")
    }
  }
}

/// The value of `--to`.
struct OutputFormat: ExpressibleByArgument {
  static let standard = OutputFormat(.coco)

  let format: Format

  private init(_ format: Format) {
    self.format = format
  }

  init?(argument: String) {
    guard let format = Format.writable.first(where: { $0.name == argument }) else { return nil }
    self.format = format
  }

  var defaultValueDescription: String { format.name }
  static var allValueStrings: [String] { Format.writable.map(\.name) }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

extension ConversionSettings.ErrorPolicy: ExpressibleByArgument {}
extension ExportOptions.YOLORows: ExpressibleByArgument {}
