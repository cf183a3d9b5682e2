import ArgumentParser
import COCO
import Console
import Datasets

/// What is drawn, and where it goes.
struct DrawingOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The folder that the images are written to.", valueName: "folder"),
    completion: .directory)
  var output: String

  @Option(
    help: ArgumentHelp(
      "The format of the images; JPEG is written with quality 90.", valueName: "format"))
  var format = PictureFormat.jpeg

  @Option(
    help: ArgumentHelp(
      "Draw contact sheets with this many columns and rows instead of single images.",
      valueName: "columnsxrows"))
  var sheet: SheetShape?

  @Flag(
    help: """
      Draw only images with findings of copra validate: the faulty object in colour with the \
      rule's name, the others in grey.
      """)
  var findings = false

  @Option(
    help: ArgumentHelp(
      """
      Draw ground truth and detections side by side, from a JSON list of detections; matched, \
      missed and false boxes have different colours.
      """, valueName: "results"), completion: .file(extensions: ["json"]))
  var compare: String?

  @Option(
    help: ArgumentHelp(
      "With --compare: the overlap from which a detection matches a box. (default: 0.5)",
      valueName: "iou"))
  var iou: Double?

  @Option(
    help: ArgumentHelp(
      "With --compare: the lowest score of a detection that is drawn. (default: 0.5)",
      valueName: "score"))
  var score: Double?

  @Option(
    help: ArgumentHelp(
      "The maximum length of an image's longer side, or the width of a sheet's cells.",
      valueName: "pixels"))
  var maxSide: Int?

  @Option(help: ArgumentHelp("The maximum number of images to draw.", valueName: "number"))
  var limit: Int?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Draw only the image of this name, with or without folders and extension; repeatable.",
      valueName: "name"))
  var only: [String] = []

  @Flag(help: "Do not draw names and scores.")
  var noLabels = false

  @Flag(help: "Replace files that exist.")
  var force = false

  func validate() throws {
    try CountOptions.check(("--max-side", maxSide), ("--limit", limit))
    if let maxSide, maxSide > 65_500 {
      throw ValidationError("--max-side takes at most 65500, as JPEG does, found \(maxSide)")
    }
    if output.isEmpty { throw ValidationError("-o is empty; expected the path of a folder") }
    if findings, compare != nil {
      throw ValidationError("--findings and --compare draw different things; expected one of them")
    }
    if compare == nil, iou != nil || score != nil {
      throw ValidationError("--iou and --score apply to results; expected --compare with them")
    }
    if let iou, !(iou > 0 && iou <= 1) {
      throw ValidationError("--iou takes a number above 0 and up to 1, found \(iou.shortest)")
    }
    if let score, !score.isFinite {
      throw ValidationError("--score takes a finite number, found \(score.shortest)")
    }
  }

  /// Returns the settings of what is drawn without `--findings`, whose linter is the verb's.
  func settings(inputs: [String], reader: DatasetReader) -> DrawingSettings {
    var settings = DrawingSettings(inputs: inputs, reader: reader, output: output)
    if let compare {
      settings.subject = .comparison(
        ComparisonSettings(results: compare, iou: iou ?? 0.5, leastScore: score ?? 0.5))
    }
    settings.format = format
    settings.sheet = sheet
    settings.choice = PictureChoice(names: only, limit: limit)
    settings.mostSide = maxSide
    settings.showsLabels = !noLabels
    settings.replaces = force
    return settings
  }
}

extension PictureFormat: ExpressibleByArgument {}

extension SheetShape: ExpressibleByArgument {
  /// Two numbers from 1 to 1,000 with an x between them.
  init?(argument: String) {
    let sides = argument.split(separator: "x", omittingEmptySubsequences: false)
    guard sides.count == 2, let columns = Int(sides[0]), let rows = Int(sides[1]),
      (1...1000).contains(columns), (1...1000).contains(rows)
    else { return nil }
    self.init(columns: columns, rows: rows)
  }
}
