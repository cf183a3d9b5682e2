import COCO
import Console
import Importing
import Linting
import Reporting

/// Findings in the format that the user chose, each with the place of the field that it is about.
struct FindingOutput {
  let options: FindingOutputOptions
  let rules: RuleSet
  /// How the input was read, which says where its fields are.
  let importOptions: ImportOptions

  /// The whole report of what is to be said of `imported`.
  func text(_ findings: [Finding], of imported: Imported) -> String {
    var finder = FieldFinder(imported.sources, format: imported.format, options: importOptions)
    finder.namesPaths = options.format.reporter.namesPaths
    var reportOptions = FindingReportOptions(
      usesColour: options.format.isText && Terminal.outputUsesColour)
    reportOptions.showsAll = options.all
    reportOptions.offersFixes = true
    let located = findings.map { finder.locate($0) }
    let report = FindingReport(
      located, in: imported.sources, rules: rules.rules.map { RuleText($0).description },
      toolVersion: Version.text)
    return options.format.reporter.init(reportOptions).report(report)
  }
}
