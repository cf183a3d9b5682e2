import ArgumentParser
import Reporting

/// How findings are shown.
struct FindingOutputOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How findings are written.", valueName: "format"))
  var format = ReporterChoice<FindingReporters>.standard

  @Flag(help: "Show all findings, not only the first 20 of each rule.")
  var all = false

  var output: FindingOutput { FindingOutput(reporter: format.reporter, showsAll: all) }
}
