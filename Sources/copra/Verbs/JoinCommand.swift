import ArgumentParser
import COCO
import Console
import Datasets
import Files
import Reporting

/// `copra join`
struct JoinCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "join",
    abstract: "Make of the partial results of all parts of a set what one run over it gives.",
    usage: "copra join <partial> ... [<options>]",
    discussion: """
      Each file is what --partial wrote for one part of the set. The result is the same to the last \
      bit, in whatever order the files come and however the set was divided. Parts that are missing or \
      there twice, other parameters and damaged files are refused by name. With --partial the result \
      is partial again, and parts may be missing.

      EXAMPLES
        copra join *.cpart
        copra join *.cpart --format json -o metrics.json
        copra join *.cpart -o instances.json
        copra join 1.cpart 2.cpart --partial 1-2.cpart

      EXIT STATUS
        0  all is well
        1  findings: what the runs said of the records
        2  it could not run: files that do not belong together, usage, full disk
      """)

  @Argument(help: ArgumentHelp("Partial results.", valueName: "partial"), completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "What to write: a format of the verb whose results these are.", valueName: "format"))
  var format: String?

  @OptionGroup(title: "Report options") var output: ReportOutputOptions
  @OptionGroup(title: "Options for evaluations") var figures: EvaluationFigureOptions

  @Option(
    help: ArgumentHelp(
      "Write partial results of all these parts, - for standard output, in place of a report.",
      valueName: "file"), completion: .file())
  var partial: String?

  @Option(
    help: ArgumentHelp(
      "How many threads work at a time; all cores if not given. The output is the same.",
      valueName: "number"))
  var threads: Int?

  func validate() throws {
    try CountOptions.check(("--threads", threads))
    if files.contains("") { throw ValidationError("a path is empty; expected a file") }
    if partial != nil, output.path != nil {
      throw ValidationError("--output is of a report, and --partial writes none")
    }
  }

  /// What is said here to the verb whose results these are, in its own words.
  private var further: [String] {
    (output.path.map { ["--output=\($0)"] } ?? []) + (format.map { ["--format=\($0)"] } ?? [])
      + (output.force ? ["--force"] : []) + (threads.map { ["--threads=\($0)"] } ?? [])
  }

  func perform() async throws -> ExitStatus {
    try await JoinRun(
      settings: JoinRunSettings(
        files: files, format: format,
        evaluation: figures.settings(EvaluationReporters.all[0], output),
        partial: partial.map { PartialOutput($0, replaces: output.force) },
        workers: .atTerminal(threads: threads))
    ).run(finish: finish)
  }

  /// Calls the verb again whose results these are, with what was read in place of its input.
  private func finish(
    _ joined: JoinedImport, _ header: PartialHeader
  ) async throws -> ExitStatus {
    guard let invocation = Invocation(header.parameters) else { throw PartialFault.damaged }
    switch try invocation.verb(of: Copra.self, further) {
    case let verb as StatsCommand:
      return try StatisticsRun(settings: verb.settings()).finish(joined.imported)
    case let verb as ConvertCommand:
      return try await ConversionRun(settings: verb.settings()).finish(joined.imported)
    case let verb as ValidateCommand:
      let settings = try verb.settings(configuration: invocation.lintConfiguration())
      return try await ValidationRun(settings: settings)
        .finish(joined.imported, pictures: joined.pictures)
    default: throw CommandFailure("results of \(header.verb) cannot be joined")
    }
  }
}
