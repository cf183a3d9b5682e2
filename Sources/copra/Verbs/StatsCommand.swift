import ArgumentParser
import Console
import Reporting

/// `copra stats`
struct StatsCommand: DatasetVerb {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Count a dataset's contents: images, objects, sizes, shapes.",
    discussion: """
      Reads every format that convert reads.

      EXAMPLES
        copra stats instances.json
        copra stats VOCdevkit/VOC2012 --format json
        copra stats data.yaml --format html -o stats.html

      EXIT STATUS
        0  all is well
        1  errors were found, or records were rejected
        2  it could not run: usage, unreadable input, full disk
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup(title: "Input options") var source: SourceOptions
  @OptionGroup(title: "Category options") var categories: CategoryOptions
  @OptionGroup(title: "Format options") var formats: FormatOptions

  @Option(
    help: ArgumentHelp(
      "The format of the report; html is one page with plots that works offline.",
      valueName: "format"))
  var format = ReporterChoice<StatisticsReporters>.standard

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("A file to write to instead of standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Replace an output that exists.")
  var force = false

  @OptionGroup(title: "Options for parts of a set") var part: PartialOptions

  static let configurable = ConfigurableOption.input

  func validate() throws {
    try part.refuseReport(("--output", output != nil))
  }

  func perform() async throws -> ExitStatus {
    try await StatisticsRun(settings: settings()).run()
  }

  func settings() throws -> StatisticsSettings {
    StatisticsSettings(
      inputs: input.paths, reader: try reader(), reporter: format.reporter, output: output,
      replaces: force, part: PartSettings(part, replaces: force))
  }
}
