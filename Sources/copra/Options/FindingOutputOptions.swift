import ArgumentParser
import Reporting

/// How findings are shown.
struct FindingOutputOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How findings are written.", valueName: "format"))
  var format = FindingFormat.standard

  @Flag(help: "Show all findings, not only the first 20 of each rule.")
  var all = false

  var output: FindingOutput { FindingOutput(reporter: format.reporter, showsAll: all) }
}

/// The value of `--format`.
struct FindingFormat: ExpressibleByArgument {
  /// The first of the list.
  static let standard = FindingFormat(reporter: FindingReporters.all[0])

  let reporter: any FindingReporter.Type

  private init(reporter: any FindingReporter.Type) {
    self.reporter = reporter
  }

  init?(argument: String) {
    guard let reporter = FindingReporters.all.first(where: { $0.name == argument }) else {
      return nil
    }
    self.reporter = reporter
  }

  var defaultValueDescription: String { reporter.name }
  static var allValueStrings: [String] { FindingReporters.all.map { $0.name } }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}
