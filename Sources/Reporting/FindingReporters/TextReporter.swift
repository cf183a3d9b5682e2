import COCO
import Files

/// A reporter of findings for people: one on each line, rule after rule, followed by the number for
/// each rule.
///
/// `[*]` marks findings that a safe fix fixes, if the command offers fixes.
struct TextReporter: FindingReporter {
  static let name = "text"
  static let showsFirst = true

  private let options: FindingReportOptions

  init(_ options: FindingReportOptions) {
    self.options = options
  }

  func report(_ report: FindingReport) -> String {
    guard !report.findings.isEmpty else { return "no findings\n" }
    let groups = report.groups(limit: options.limit, from: options.workingFolder)
    var text = ""
    for group in groups {
      for entry in group.shown { text += line(entry) }
      if group.left > 0 { text += "… \(group.left.grouped) more [\(group.rule.printable)]\n" }
    }
    let counts = FindingCounts(report.findings)
    text += "\n" + table(counts, rules: groups.map(\.rule)) + counts.sentence + "\n"
    if options.offersFixes, let fixes = counts.fixesSentence { text += fixes + "\n" }
    if !report.rules.isEmpty {
      text += "copra explain RULE explains what a rule checks and what to do\n"
    }
    return text
  }

  private func line(_ entry: LocatedFinding) -> String {
    let finding = entry.finding
    var start = ""
    if let place = entry.place {
      start = "\(bold(place.path.printable)):\(place.line):\(place.column): "
    }
    let severity = coloured(finding.severity.rawValue, finding.severity)
    let isMarked = options.offersFixes && finding.offeredFix?.isSafe == true
    let mark = isMarked ? " [*]" : ""
    return "\(start)\(severity): \(finding.message.printable) [\(finding.rule.printable)]\(mark)\n"
  }

  /// Returns a row for each rule and severity.
  private func table(_ counts: FindingCounts, rules: [String]) -> String {
    var table = TextTable([.left, .left, .right], indentation: 0)
    table.add("rule", "severity", "count")
    for rule in rules {
      for severity in FindingCounts.severities {
        guard let count = counts.byRule[rule]?[severity] else { continue }
        table.add(rule.printable, coloured(severity.rawValue, severity), count.grouped)
      }
    }
    return table.text
  }

  private func bold(_ text: String) -> String {
    options.usesColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text
  }

  private func coloured(_ text: String, _ severity: Finding.Severity) -> String {
    guard options.usesColour else { return text }
    let code =
      switch severity {
      case .error: "1;31"
      case .warning: "1;33"
      case .information: "1;36"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
