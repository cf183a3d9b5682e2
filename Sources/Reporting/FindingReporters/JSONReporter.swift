import COCO

/// A reporter of all findings as one JSON object: `version`, `findings` in the order of their
/// places, one on each line, and a `summary`.
struct JSONReporter: FindingReporter {
  static let name = "json"
  static let namesPaths = true

  private let options: FindingReportOptions

  init(_ options: FindingReportOptions) {
    self.options = options
  }

  func report(_ report: FindingReport) -> String {
    var output = JSONOutput()
    output.raw(#"{"version":"#)
    output.append(report.toolVersion)
    output.raw(#","findings":["#)
    var isFirst = true
    for entry in report.located(from: options.workingFolder) {
      output.raw(isFirst ? "\n" : ",\n")
      isFirst = false
      output.append(entry)
    }
    output.raw(isFirst ? #"],"summary":"# : "\n],\"summary\":")
    output.append(summary(FindingCounts(report.findings)))
    output.raw("}\n")
    return output.text
  }

  private func summary(_ counts: FindingCounts) -> JSONObject {
    let rules = counts.byRule.sorted { $0.key < $1.key }.map { rule, severities in
      JSONObject.Member(name: rule, value: .integer(severities.values.reduce(0, +)))
    }
    return [
      "errors": .integer(counts.bySeverity[.error] ?? 0),
      "warnings": .integer(counts.bySeverity[.warning] ?? 0),
      "information": .integer(counts.bySeverity[.information] ?? 0),
      "fixable": .integer(counts.fixable),
      "fixable_unsafely": .integer(counts.fixableUnsafely),
      "by_rule": .object(JSONObject(rules)),
    ]
  }
}
