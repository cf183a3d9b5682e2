import ArgumentParser
import Console
import Datasets

/// `copra report`
struct ReportCommand: DatasetVerb {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write one page on a dataset: counts, plots, and findings with their images.",
    discussion: """
      Checks the dataset as validate does and counts it as stats does. The page works \
      offline. It contains as many findings and images as a browser can show, and \
      reports what it leaves out.

      EXAMPLES
        copra report VOCdevkit/VOC2012 -o report.html
        copra report val.json -o report.html --predictions results.json
        copra report data.yaml -o report.html --training log.jsonl --check check.json

      EXIT STATUS
        0  nothing at or above the failing severity
        1  errors were found, or more warnings than --max-warnings
        2  it could not run: usage, unreadable input, full disk
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup(title: "Input options") var source: SourceOptions
  @OptionGroup(title: "Category options") var categories: CategoryOptions
  @OptionGroup(title: "Format options") var formats: FormatOptions
  @OptionGroup(title: "Rule options") var rules: RuleOptions
  @OptionGroup(title: "Image options") var pictures: PictureOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file that the page is written to.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var output: String

  @Flag(help: "Replace an output that exists.")
  var force = false

  @Option(
    help: ArgumentHelp(
      "Results in COCO's format: adds figures, curves, and the worst images.",
      valueName: "results.json"), completion: .file(extensions: ["json"]))
  var predictions: String?

  @Option(
    help: ArgumentHelp(
      "The log of copra train: adds the curves of the training.", valueName: "log.jsonl"),
    completion: .file(extensions: ["jsonl"]))
  var training: String?

  @Option(
    help: ArgumentHelp(
      "The output of copra check --format json: adds its verdict, anchors and likely label errors.",
      valueName: "check.json"), completion: .file(extensions: ["json"]))
  var check: String?

  static let configurable = ConfigurableOption.input + ConfigurableOption.rules

  func validate() throws {
    if output.isEmpty { throw ValidationError("--output is empty; expected a file") }
    if rules.writeBaseline != nil {
      throw ValidationError("--write-baseline requires copra validate")
    }
  }

  func perform() async throws -> ExitStatus {
    var settings = try ValidationSettings(of: self, rules, pictures)
    settings.page = PageSettings(
      output: PageOutput(path: output, replaces: force), predictions: predictions,
      training: training, check: check)
    return try await ValidationRun(settings: settings).run()
  }
}

extension ValidationSettings {
  /// What the options of a verb that judges a dataset say, beside a configuration, which is that of the
  /// input where none is given.
  init(
    of verb: some DatasetVerb, _ rules: RuleOptions, _ pictures: PictureOptions,
    configuration: LintConfiguration? = nil
  ) throws {
    let reader = try verb.reader()
    let configuration =
      try configuration ?? LintConfiguration(nearestTo: verb.input.paths[0])
    var linter = DatasetLinter(
      reader: reader, survey: pictures.survey(exif: verb.source.exif, workers: reader.workers))
    linter.rules = try rules.rules(configuration)
    linter.waivers = try configuration.waivers()
    self.init(inputs: verb.input.paths, linter: linter)
    consumer = rules.consumer?.profile
    baseline = BaselineFile(reads: rules.baseline, writes: rules.writeBaseline)
    maxWarnings = rules.maxWarnings
  }
}
