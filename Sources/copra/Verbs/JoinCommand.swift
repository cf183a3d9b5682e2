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
    abstract: "Join the partial results of all parts of a set into the result of one run.",
    usage: "copra join <partial> ... [<options>]",
    discussion: """
      Each file is the output of --partial for one part of the set. The result is the same to the \
      last bit, whatever the order of the files and the division of the set. Missing or repeated \
      parts, different parameters and damaged files are refused by name. With --partial the result \
      is partial again, and parts may be missing.

      EXAMPLES
        copra join *.cpart
        copra join *.cpart --format json -o metrics.json
        copra join *.cpart -o instances.json
        copra join 1.cpart 2.cpart --partial 1-2.cpart

      EXIT STATUS
        0  all is well
        1  findings that the runs reported
        2  it could not run: files that do not match, usage, full disk
      """)

  @Argument(help: ArgumentHelp("Partial results.", valueName: "partial"), completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "The format of the report, one of the verb that wrote the results.", valueName: "format"))
  var format: String?

  @OptionGroup(title: "Report options") var output: ReportOutputOptions
  @OptionGroup(title: "Options for evaluations") var figures: EvaluationFigureOptions

  @Option(
    help: ArgumentHelp(
      "Write partial results of all these parts instead of a report; - for standard output.",
      valueName: "file"), completion: .file())
  var partial: String?

  @Option(
    help: ArgumentHelp(
      "The number of threads to use; all cores if not given. The output does not depend on it.",
      valueName: "number"))
  var threads: Int?

  func validate() throws {
    try CountOptions.check(("--threads", threads))
    if files.contains("") { throw ValidationError("a path is empty; expected a file") }
    if partial != nil, output.path != nil {
      throw ValidationError("--output names a report, and --partial writes none")
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
  private func finish(_ set: PartialSet) async throws -> ExitStatus {
    guard let invocation = Invocation(set.header.parameters) else { throw PartialFault.damaged }
    switch try invocation.verb(of: Copra.self, further) {
    case let verb as StatsCommand:
      let run = StatisticsRun(settings: try verb.settings())
      return try await streamed(set, run.finish)
        ?? run.finish(JoinedImport(set).imported)
    case let verb as ConvertCommand:
      let run = ConversionRun(settings: try verb.settings())
      // What has gone to standard output cannot be taken back.
      if run.takesStreams, !run.isForStandardOutput,
        let status = try await streamed(set, run.finish)
      {
        return status
      }
      return try await run.finish(JoinedImport(set).imported)
    case let verb as ValidateCommand:
      let settings = try verb.settings(configuration: invocation.lintConfiguration())
      let run = ValidationRun(settings: settings)
      if run.takesStreams, let status = try await streamed(set, run.finish) { return status }
      let joined = try JoinedImport(set)
      return try await run.finish(joined.imported, pictures: joined.pictures)
    default: throw CommandFailure("results of \(set.header.verb) cannot be joined")
    }
  }

  /// Joins the results window by window; returns nil if they have to be joined in memory.
  private func streamed(
    _ set: PartialSet, _ finish: (any DatasetStream) async throws -> ExitStatus?
  ) async throws -> ExitStatus? {
    guard let stream = try JoinedStream(set) else { return nil }
    do {
      return try await finish(stream)
    } catch is JoinedStream.OutOfOrder {
      return nil
    }
  }
}
