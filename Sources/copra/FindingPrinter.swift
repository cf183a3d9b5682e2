import COCO
import Reporting

/// Prints findings for people on standard error.
enum FindingPrinter {
  /// Prints nothing where there are none. `sources` are what the origins refer to.
  static func print(_ findings: [Finding], in sources: Sources) {
    guard !findings.isEmpty else { return }
    var options = FindingReportOptions()
    options.usesColour = Terminal.usesColour
    options.workingFolder = Path.real(".")
    for reporter in FindingReporters.all where reporter.name == "text" {
      let report = FindingReport(findings, in: sources, toolVersion: Version.text)
      Terminal.message(reporter.init(options).report(report), terminator: "")
    }
  }
}
