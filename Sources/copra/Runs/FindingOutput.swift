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
    var finder = FieldFinder(imported.sources, format: imported.format, options: importOptions)
    finder.namesPaths = reporter.namesPaths
    var options = FindingReportOptions(usesColour: isText && Terminal.outputUsesColour)
    options.showsAll = showsAll
    options.offersFixes = true
    let shown = ShownFiles(of: findings, by: reporter, options)
    let located = findings.map { shown.mayHold($0) ? finder.locate($0) : $0 }
    let report = FindingReport(
      located, in: imported.sources, rules: rules.rules.map { RuleText($0).description },
      toolVersion: Version.text)
    return reporter.init(options).report(report)
  }
}
