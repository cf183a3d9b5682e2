import ArgumentParser
import Console
import Datasets

/// `copra view`
struct ViewCommand: DatasetVerb {
  static let configuration = CommandConfiguration(
    commandName: "view",
    abstract: "View a dataset in the browser.",
    discussion: """
      Reads every format that convert reads and serves a page on 127.0.0.1, which only \
      this machine can reach: images with boxes, masks and keypoints, the findings of validate, \
      and with --predictions a detector's results. Nothing is changed. The printed address contains \
      a token without which nothing is served. Ctrl-C stops it.

      EXAMPLES
        copra view VOCdevkit/VOC2012
        copra view instances.json --images pictures --open
        copra view instances.json --predictions results.json --port 8080

      EXIT STATUS
        2  it could not run: usage, unreadable input, a port that is in use
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup(title: "Input options") var source: SourceOptions
  @OptionGroup(title: "Category options") var categories: CategoryOptions
  @OptionGroup(title: "Format options") var formats: FormatOptions

  @Option(
    help: ArgumentHelp(
      "The port to listen on; 0 picks a free one.", valueName: "number"))
  var port = 0

  @Flag(help: "Open the page in the browser.")
  var open = false

  @Option(
    help: ArgumentHelp(
      "COCO results to show beside the ground truth, each matched, missed or false.",
      valueName: "file"),
    completion: .file(extensions: ["json"]))
  var predictions: String?

  @Option(
    help: ArgumentHelp(
      "With --predictions: the overlap from which a detection matches a box, as in COCO's metric.",
      valueName: "overlap"))
  var iou = 0.5

  @Option(
    help: ArgumentHelp(
      "The output of copra check --format json: its likely label errors and losses are shown.",
      valueName: "file"),
    completion: .file(extensions: ["json"]))
  var check: String?

  @Flag(help: "Do not run validate for findings.")
  var noFindings = false

  @Flag(help: "Decode all images for the findings, as validate does; this takes a while.")
  var imageChecks = false

  static let configurable = ConfigurableOption.input

  func validate() throws {
    guard (0...65535).contains(port) else {
      throw ValidationError("--port takes a number from 0 to 65535, found \(port)")
    }
    guard iou > 0, iou <= 1 else {
      throw ValidationError("--iou takes a number above 0 and up to 1, found \(iou)")
    }
  }

  func perform() async throws -> ExitStatus {
    var settings = ViewingSettings(inputs: input.paths, linter: try linter())
    settings.port = port
    settings.opensBrowser = open
    settings.predictions = predictions.map { ($0, iou) }
    settings.check = check
    settings.looksForFindings = !noFindings
    return try await ViewingRun(settings: settings).run()
  }

  /// Returns what reads the set and judges it, as `copra.yaml` has it.
  private func linter() throws -> DatasetLinter {
    let reader = try reader()
    var survey = PictureSurvey()
    survey.exif = source.exif
    survey.skipsDecoding = !imageChecks
    survey.workers = reader.workers
    var linter = DatasetLinter(reader: reader, survey: survey)
    try LintConfiguration(nearestTo: input.paths[0]).apply(to: &linter)
    return linter
  }
}
