import ArgumentParser
import COCO
import Console
import Datasets
import Linting
import Reporting

/// `copra validate`
struct ValidateCommand: DatasetVerb {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check a dataset like a linter, and fix what can be fixed.",
    discussion: """
      Reads every format that convert reads; every finding has its place in your own \
      file. copra rules lists what is looked for, copra explain RULE says why and \
      what to do. Severities, thresholds and waivers of single findings can stand in \
      copra.yaml.

      EXAMPLES
        copra validate VOCdevkit/VOC2012
        copra validate instances.json --for torchvision
        In a pipeline, and as a gate for what is new:
          copra validate data.yaml --format github
          copra validate data.yaml --baseline known.json
        Fix, look first:
          copra validate instances.json --fix --diff
          copra validate instances.json --fix -o fixed.json

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
  @OptionGroup(title: "Picture options") var pictures: PictureOptions
  @OptionGroup(title: "Report options") var report: FindingOutputOptions
  @OptionGroup(title: "Fix options") var fixes: FixOptions

  static let configurable = ConfigurableOption.input + ConfigurableOption.rules

  func perform() async throws -> ExitStatus {
    let reader = try reader()
    let configuration = try LintConfiguration(nearestTo: input.paths[0])
    var linter = DatasetLinter(
      reader: reader, survey: pictures.survey(exif: source.exif, workers: reader.workers))
    linter.rules = try rules.rules(configuration)
    linter.waivers = try configuration.waivers()
    var settings = ValidationSettings(inputs: input.paths, linter: linter)
    settings.consumer = rules.consumer?.profile
    settings.baseline = BaselineFile(reads: rules.baseline, writes: rules.writeBaseline)
    settings.maxWarnings = rules.maxWarnings
    settings.report = report.output
    settings.fixes = fixes.settings
    return try await ValidationRun(settings: settings).run()
  }
}
