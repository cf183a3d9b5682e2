import ArgumentParser
import COCO
import Console
import Importing
import Reporting

/// `copra stats`
struct StatsCommand: ConfigurableVerb {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Count what a dataset holds: images, objects, sizes, shapes.",
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

  @Option(
    help: ArgumentHelp(
      "What to write; html is one page with plots that needs no network.", valueName: "format"))
  var format = StatisticsFormat.standard

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("A file to write to instead of standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Replace an output that exists.")
  var force = false

  static let configurableKeys = ConfigurationFile.inputKeys
  var inputPaths: [String] { input.paths }

  func perform() async throws -> ExitStatus {
    let reader = InputReader(options: input)
    let guardian = OverwriteGuard(replaces: force)
    if let output { try guardian.check([output], inputs: input.paths) }
    let imported = try await reader.read()
    let account = ConversionAccount(imported)
    account.printFindings()
    guard account.hasRead else {
      Terminal.message("nothing was counted: nothing could be read")
      return .findings
    }
    var options = StatisticsReportOptions()
    options.title = input.paths.map { Path.name(of: $0) }.joined(separator: ", ")
    let text = format.reporter.init(options).report(Statistics(imported.datasets))
    if let output {
      try guardian.check([output], inputs: imported.sources.paths)
      try Folder.make(Path.folder(of: output))
      let file = try OutputFile(output)
      try file.write(text)
      try file.commit()
      Terminal.message("wrote \(output)")
    } else {
      try Terminal.print(text)
    }
    return account.status
  }
}

/// The value of `--format`.
struct StatisticsFormat: ExpressibleByArgument {
  /// The first of the list.
  static let standard = StatisticsFormat(reporter: StatisticsReporters.all[0])

  let reporter: any StatisticsReporter.Type

  private init(reporter: any StatisticsReporter.Type) {
    self.reporter = reporter
  }

  init?(argument: String) {
    let reporters = StatisticsReporters.all
    guard let reporter = reporters.first(where: { $0.name == argument }) else { return nil }
    self.reporter = reporter
  }

  var defaultValueDescription: String { reporter.name }
  static var allValueStrings: [String] { StatisticsReporters.all.map { $0.name } }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}
