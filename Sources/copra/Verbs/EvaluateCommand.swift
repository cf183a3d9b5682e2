import ArgumentParser
import COCO
import Console
import DetectionMetrics
import Files
import Reporting

/// `copra evaluate`
struct EvaluateCommand: ConfigurableVerb {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Compare a detector's results with the ground truth: COCO's metrics.",
    discussion: """
      Precision, recall and scores are pycocotools' to the last bit. Results are a JSON list of \
      detections with bbox, segmentation (polygons, or run lengths, compressed or not) or \
      keypoints, or a dataset whose annotations have scores. Every fault of a record is reported \
      with its place, and a record that cannot be compared is left out.

      EXAMPLES
        copra evaluate instances_val2017.json results.json
        copra evaluate val.json masks.json --iou-type segm --per-category
        copra evaluate val.json results-*.json --per-category
        copra evaluate val.json results.json --errors --curves curves.html
        copra evaluate val.json results.json --format json -o metrics.json
        copra evaluate val.json results.json --format html -o page.html
        copra evaluate val.json results.json --shard 3/8 --partial 3.cpart

      EXIT STATUS
        0  all is well
        1  errors were found in the records
        2  it could not run: usage, unreadable or truncated input, full disk
      """)

  @Argument(
    help: ArgumentHelp("The ground truth, a COCO file.", valueName: "ground-truth"),
    completion: .file(extensions: ["json"]))
  var truth: String

  @Argument(
    help: ArgumentHelp(
      "The results, JSON lists of detections; if not given, those in the ground truth, a file of "
        + "lines.", valueName: "detections"),
    completion: .file(extensions: ["json", "jsonl"]))
  var detections: [String] = []

  @OptionGroup(title: "Metric options") var metric: MetricOptions
  @OptionGroup(title: "Report options") var analysis: EvaluationOptions
  @OptionGroup(title: "Report options") var figures: EvaluationFigureOptions
  @OptionGroup(title: "Report options") var output: ReportOutputOptions
  @OptionGroup(title: "Options for parts of a set") var part: PartialOptions

  @Option(help: ArgumentHelp("The format of the report.", valueName: "format"))
  var format = ReporterChoice<EvaluationReporters>.standard

  @Option(
    help: ArgumentHelp(
      "The number of threads to use; all cores if not given. The output does not depend on it.",
      valueName: "number"))
  var threads: Int?

  static let configurable = [ConfigurableOption.threads]
  var inputPaths: [String] { [truth] + detections }

  func validate() throws {
    try CountOptions.check(("--threads", threads))
    if inputPaths.contains("") { throw ValidationError("a path is empty; expected a file") }
    if detections.isEmpty, ["json", ""].contains(Path.fileExtension(truth)), truth != "-" {
      throw ValidationError("Missing expected argument '<detections>'")
    }
    if analysis.errors, metric.iouType == .keypoints {
      throw ValidationError("--errors classifies boxes and masks; keypoints have no such errors")
    }
    try part.refuseReport(
      ("--curves", figures.curves != nil), ("--arrays", figures.arrays != nil),
      ("--output", output.path != nil), ("--per-category", figures.perCategory),
      ("--calibration", figures.calibration))
  }

  func perform() async throws -> ExitStatus {
    var settings = metric.settings
    let report = figures.settings(format.reporter, output)
    settings.analysesErrors = analysis.errors
    settings.confusionScore = analysis.confusion || report.isPage ? analysis.confusionScore : nil
    return try await EvaluationRun(
      settings: EvaluationRunSettings(
        truth: truth, detections: detections.isEmpty ? [truth] : detections, evaluation: settings,
        joinsTextIDs: metric.looseIds, report: report, shard: part.shard,
        partial: part.partial.map { PartialOutput($0, replaces: output.force) },
        workers: .atTerminal(threads: threads))
    ).run()
  }
}
