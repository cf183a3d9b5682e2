import COCO
import Console
import Formats
import Linting
import Reporting

/// How findings are shown, each with the place of the field that it is about.
struct FindingOutput {
  var reporter: any FindingReporter.Type = FindingReporters.all[0]
  /// Whether all findings are shown, and not only the first of each rule.
  var showsAll = false

  /// Whether people read it, who then see colours.
  var isText: Bool { reporter.name == FindingReporters.all[0].name }

  /// Returns the whole report of what is to be said of `imported`, which was read with
  /// `importOptions`.
  func text(
    _ findings: [Finding], of imported: Imported, rules: RuleSet, importOptions: ImportOptions
  ) -> String {
    var options = FindingReportOptions(usesColour: isText && Terminal.outputUsesColour)
    options.showsAll = showsAll
    options.offersFixes = true
    let report = FindingReport(
      findings, of: imported, rules: rules.rules, importOptions: importOptions, shownBy: reporter,
      options)
    return reporter.init(options).report(report)
  }
}
