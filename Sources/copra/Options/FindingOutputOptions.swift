import ArgumentParser
import Reporting

/// How findings are shown.
struct FindingOutputOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The format of the findings.", valueName: "format"))
  var format = ReporterChoice<FindingReporters>.standard

  @Flag(help: "Show all findings, not only the first 20 of each rule.")
  var all = false

  var output: FindingOutput { FindingOutput(reporter: format.reporter, showsAll: all) }
}
