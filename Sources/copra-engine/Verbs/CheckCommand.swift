import ArgumentParser
import Console
import Datasets
import Engine
import Files

/// `copra check`: examines a dataset with the eyes of a detector, and says whether to train on it.
struct CheckCommand: DatasetVerb {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Examine a dataset as a detector sees it, and report whether it is ready to train.",
    usage: "copra check <input> ... [<options>]",
    discussion: """
      Validates the dataset, then examines what only a model can see: boxes that no anchor reaches, \
      with anchors that would; boxes that vanish when images are resized; crowds that a detector \
      cannot tell apart; memory and time of a step. It tests whether boxes and categories fit what \
      the images show, names what went wrong if they do not, and searches for objects without a \
      box. Then a small model is trained on a \
      few images until it has learnt them, for --budget. The last lines are the verdict and the next \
      command to type.

      EXAMPLES
        copra check data.yaml
        copra check VOC2012 --model retinanet_resnet50_fpn --budget 0
        copra check instances.json --config model.yaml --format json
        copra check data.yaml -o report.html
        copra check instances.json --against VOC2012
        copra check instances.json --folds 3 --budget 10m --skip model,step,training
        copra check instances.json --predictions results.json --skip step,training

      EXIT STATUS
        0  ready to train
        1  errors were found, or not learnt
        2  it could not run: usage, unreadable files, nothing to learn
        3  undecided: the budget ended, or the set is too small to decide whether its boxes fit
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup(title: "Input options") var source: SourceOptions
  @OptionGroup(title: "Category options") var categories: CategoryOptions
  @OptionGroup(title: "Format options") var formats: FormatOptions

  @Option(
    help: ArgumentHelp(
      "The time limit of the short training, as 120s or 5m; 0 skips it.",
      valueName: "time"))
  var budget = TimeBudget(seconds: 120)

  @Option(
    help: ArgumentHelp(
      "Results in COCO's format of a model that has not learnt these images: the labels that they "
        + "contradict are ranked.", valueName: "results.json"),
    completion: .file(extensions: ["json"]))
  var predictions: String?

  @Option(
    help: ArgumentHelp(
      "The number of parts that the images are divided into: models trained on the other parts, for "
        + "--budget in total, rank the labels of each part; without it the detector of --weights does, "
        + "if it has these categories.", valueName: "number"))
  var folds: Int?

  @Option(
    help: ArgumentHelp(
      "The original of the input: both must give a model the same targets, to the bit.",
      valueName: "original"), completion: .file())
  var against: String?

  @Option(
    help: ArgumentHelp(
      "The parts to skip: \(CheckPart.list), separated by commas.", valueName: "parts"))
  var skip = CheckPart.List()

  @Option(
    help: ArgumentHelp("Text, one JSON object, or a page like copra report's.", valueName: "format")
  )
  var format = CheckRunSettings.Format.text

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file that the page is written to.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var output: String?

  @Flag(help: "Replace an output that exists.")
  var force = false

  @OptionGroup(title: "Model options") var model: DetectorOptions

  func validate() throws {
    if output?.isEmpty == true { throw ValidationError("--output is empty; expected a file") }
    guard let folds else { return }
    if folds < 2 { throw ValidationError("--folds takes a number of 2 or more, found \(folds)") }
    if predictions != nil {
      throw ValidationError("--folds makes its own predictions and takes no --predictions")
    }
    if budget.duration == .zero { throw ValidationError("--folds requires a --budget above 0") }
  }

  static let configurable = ConfigurableOption.input

  func perform() async throws -> ExitStatus {
    let (examined, trained) = (try model.settings(smoke: false), try model.settings(smoke: true))
    try examined.prepare(threads: input.threads)
    var linter = DatasetLinter(reader: try reader())
    linter.survey.exif = source.exif
    linter.survey.workers = linter.reader.workers
    linter.survey.note = { Terminal.message($0) }
    try LintConfiguration(nearestTo: input.paths[0]).apply(to: &linter)
    var settings = CheckRunSettings(
      inputs: input.paths, linter: linter, examined: examined, trained: trained)
    settings.parts = Set(CheckPart.allCases).subtracting(skip.parts)
    if budget.duration == .zero { settings.parts.remove(.training) }
    settings.budget = budget.duration
    settings.predictions = predictions
    settings.folds = folds
    settings.original = against
    settings.format = format
    if output != nil || format == .html {
      settings.page = PageOutput(path: output, replaces: force)
    }
    return try await CheckRun(settings: settings).run()
  }
}

/// A part of a check that can be left out.
enum CheckPart: String, CaseIterable {
  /// The rules of `copra validate`.
  case validation
  /// Anchors, feature maps and limits of the model.
  case model
  /// Memory and time of a training step.
  case step
  /// Whether boxes and categories fit what the pictures show.
  case appearance
  /// A short training.
  case training
  /// Labels, held against what the detector of --weights finds.
  case labels

  static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// The value of `--skip`.
  struct List: ExpressibleByArgument {
    private(set) var parts: [CheckPart] = []

    init() {}

    init?(argument: String) {
      for name in argument.split(separator: ",") {
        guard let part = CheckPart(rawValue: String(name)) else { return nil }
        parts.append(part)
      }
    }

    var defaultValueDescription: String {
      parts.isEmpty ? "nothing" : parts.map(\.rawValue).joined(separator: ",")
    }
  }
}

extension CheckRunSettings.Format: ExpressibleByArgument {}
