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
      "A file such as out.json, or a folder with a file for each split.", valueName: "path"),
    completion: .file())
  var path: String

  @Option(
    name: .customLong("to"),
    help: ArgumentHelp(
      "The output's format. (default: that of the layout or the output's extension, else coco)",
      valueName: "format"))
  var to: OutputFormat?

  @Option(
    help: ArgumentHelp(
      """
      The arrangement of files and images that a trainer expects; the command that starts the \
      trainer is printed.
      """, valueName: "trainer"))
  var layout: OutputLayout?

  @Option(
    help: ArgumentHelp(
      """
      How images are placed in the output: link makes hard links, or copies where it cannot. \
      (default: link for folders, none for single files)
      """, valueName: "how"))
  var pictures: PicturesChoice?

  @Flag(
    help: """
      Write images that EXIF rotates upright, without loss where JPEG allows. Layouts always do so.
      """)
  var upright = false

  @Option(
    name: .customLong("val"),
    help: ArgumentHelp(
      "The share of the images that becomes the validation split, if the set has none.",
      valueName: "share"))
  var validationShare: Double?

  @Option(
    help: ArgumentHelp(
      """
      YOLO: the content of a row: a box, and keypoints where objects have them; the corners of one \
      outline; or the four corners of an oriented box.
      """, valueName: "shape"))
  var yoloRows = ExportOptions.YOLORows.box

  @Flag(help: "VOC: round corners to whole numbers.")
  var vocWhole = false

  @Option(
    help: ArgumentHelp(
      "COCO: outlines as they are, boxes instead of missing outlines, or none.", valueName: "which")
  )
  var outlines: ExportOptions.Outlines?

  /// How run lengths are written; nil keeps each as it is.
  @Option(
    help: ArgumentHelp(
      "COCO: run lengths as pycocotools' text or as lists of numbers; unchanged if not given.",
      valueName: "form"))
  var runs: ExportOptions.Runs?

  @Option(
    help: ArgumentHelp(
      """
      Bad records: quarantine lists them in OUTPUT.rejected.jsonl, stop writes nothing at all, \
      fix applies all safe fixes and lists the rest.
      """, valueName: "what"))
  var onError = ConversionSettings.ErrorPolicy.quarantine

  @Flag(help: "Replace an output that exists.")
  var force = false

  @Flag(name: .customLong("no-verify"), help: "Do not read the output back to verify it.")
  var skipsVerification = false

  /// The output's format: the one that is named, else the one that the output's ending tells.
  var format: Format {
    if let named = to?.format ?? layout?.layout.format { return named }
    if path == Format.standardOutput { return .lines }
    return Format.writable.first { $0.isOneFile(path) } ?? .coco
  }

  /// Returns a writer that writes as the options say and tells of what it wrote on standard error.
  func writer(exif: ImportOptions.EXIFPolicy, workers: Workers) -> DatasetWriter {
    var writer = DatasetWriter()
    writer.format = format
    writer.layout = layout?.layout
    writer.layout?.apply(to: &writer.options)
    writer.options.yoloRows = yoloRows
    writer.options.vocIsWhole = vocWhole
    if let outlines { writer.options.outlines = outlines }
    if let runs { writer.options.runs = runs }
    writer.pictures = transfer(exif: exif)
    writer.replaces = force
    writer.verifies = !skipsVerification
    writer.workers = workers
    writer.standardOutput = { try Terminal.print($0) }
    writer.note = { Terminal.message($0) }
    return writer
  }

  func validate() throws {
    if path.isEmpty { throw ValidationError("--output is empty; expected a file or a folder") }
    let ending = Path.fileExtension(path)
    let isOfAnother = Format.writable.contains { $0.outputEnding == ending }
    if isOfAnother, !format.isOneFile(path), !path.hasSuffix("/") {
      let kinds = format.outputEnding.map { "a .\($0) file or a folder" } ?? "a folder"
      throw ValidationError(
        "--to \(format.name) writes \(kinds), found \(path); --to names another format")
    }
    if let layout = layout?.layout {
      if let to, to.format != layout.format {
        throw ValidationError(
          "--layout \(layout.name) writes \(layout.format.name), found --to \(to.format.name)")
      }
      if pictures == PicturesChoice.none {
        throw ValidationError(
          "--layout \(layout.name) requires images, found --pictures none"
        )
      }
      if format.isOneFile(path) {
        throw ValidationError("--layout \(layout.name) writes a folder, found \(path)")
      }
    }
    if validationShare != nil, format.isOneFile(path) {
      throw ValidationError(
        "--val writes a split of its own and requires a folder as output, found \(path)")
    }
    if upright, pictures ?? (format.isOneFile(path) ? PicturesChoice.none : .link) == .none {
      throw ValidationError(
        "--upright rotates the output's images, and --pictures none writes none")
    }
    if let validationShare, !(validationShare > 0 && validationShare < 1) {
      throw ValidationError("--val: expected a share between 0 and 1, found \(validationShare)")
    }
  }

  /// How pictures come to the output; nil where they stay.
  private func transfer(exif: ImportOptions.EXIFPolicy) -> PictureTransfer? {
    let placement: FilePlacement
    switch pictures ?? (format.isOneFile(path) ? PicturesChoice.none : .link) {
    case .none: return nil
    case .link: placement = .link
    case .copy: placement = .copy
    case .symlink: placement = .symlink
    }
    var transfer = PictureTransfer(placement)
    transfer.turnsUpright = exif != .stored && (upright || layout != nil)
    return transfer
  }
}

/// The value of `--pictures`.
enum PicturesChoice: String, ExpressibleByArgument, CaseIterable {
  case link, copy, symlink, none
}

/// The value of `--layout`.
struct OutputLayout: ExpressibleByArgument {
  let layout: TrainerLayout

  init?(argument: String) {
    guard let layout = TrainerLayout.named(argument) else { return nil }
    self.layout = layout
  }

  var defaultValueDescription: String { layout.name }
  static var allValueStrings: [String] { TrainerLayout.all.map(\.name) }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

/// The value of `--to`.
struct OutputFormat: ExpressibleByArgument {
  let format: Format

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
extension ExportOptions.Outlines: ExpressibleByArgument {}
extension ExportOptions.Runs: ExpressibleByArgument {}
