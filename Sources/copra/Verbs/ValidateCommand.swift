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
      file. copra rules lists all rules, copra explain RULE explains why a rule exists \
      and what to do. Severities, thresholds and waivers of single findings can be set \
      in copra.yaml.

      EXAMPLES
        copra validate VOCdevkit/VOC2012
        copra validate instances.json --for torchvision
        In a pipeline, and as a gate for what is new:
          copra validate data.yaml --format github
          copra validate data.yaml --baseline known.json
        As a page with images:
          copra validate data.yaml --format html -o findings.html
        Preview fixes, then apply them:
          copra validate instances.json --fix --diff
          copra validate instances.json --fix -o fixed.json
        The images of a large set on many machines:
          copra validate data.yaml --shard 3/8 --partial 3.cpart

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
  @OptionGroup(title: "Report options") var report: FindingOutputOptions
  @OptionGroup(title: "Fix options") var fixes: FixOptions
  @OptionGroup(title: "Options for parts of a set") var part: PartialOptions

  static let configurable = ConfigurableOption.input + ConfigurableOption.rules

  func validate() throws {
    try part.refuseReport(
      ("--fix", fixes.fix), ("--unsafe-fixes", fixes.unsafeFixes), ("--output", fixes.output != nil)
    )
    if fixes.settings == nil, fixes.output != nil, !report.format.reporter.isPage {
      throw ValidationError("-o requires --fix, --unsafe-fixes or --format html")
    }
  }

  func perform() async throws -> ExitStatus {
    try await ValidationRun(settings: settings()).run()
  }

  /// What the options say, beside a configuration, which is that of the input where none is given.
  func settings(configuration: LintConfiguration? = nil) throws -> ValidationSettings {
    var settings = try ValidationSettings(
      of: self, rules, pictures, configuration: configuration)
    settings.part = PartSettings(part, replaces: fixes.force)
    settings.report = report.output
    settings.fixes = fixes.settings
    if report.format.reporter.isPage {
      // Where nothing is fixed, the output is the page's.
      settings.page = PageSettings(
        output: PageOutput(
          path: fixes.settings == nil ? fixes.output : nil, replaces: fixes.force))
    }
    return settings
  }
}
