import COCO

/// Findings for people: a line each, rule after rule, then how many there are of each rule.
struct TextReporter: FindingReporter {
  static let name = "text"

  private let options: FindingReportOptions

  init(_ options: FindingReportOptions) {
    self.options = options
  }

  func report(_ findings: [Finding], in sources: Sources) -> String {
    guard !findings.isEmpty else { return "no findings\n" }
    let located = LocatedFindings(
      findings, in: sources, limit: options.showsAll ? .max : options.shownPerRule,
      workingFolder: options.workingFolder)
    var text = ""
    for group in located.groups {
      for entry in group.shown { text += line(entry) }
      if group.left > 0 { text += "… \(group.left.grouped) more [\(group.rule.printable)]\n" }
    }
    return text + "\n" + summary(findings, rules: located.groups.map(\.rule))
  }

  private func line(_ entry: LocatedFindings.Entry) -> String {
    let finding = entry.finding
    var start = ""
    if let place = entry.place {
      start = "\(bold(place.path.printable)):\(place.line):\(place.column): "
    }
    let severity = coloured(finding.severity.rawValue, finding.severity)
    return "\(start)\(severity): \(finding.message.printable) [\(finding.rule.printable)]\n"
  }

  /// A row for each rule and severity, and all together.
  private func summary(_ findings: [Finding], rules: [String]) -> String {
    var counts: [String: [Finding.Severity: Int]] = [:]
    for finding in findings {
      counts[finding.rule, default: [:]][finding.severity, default: 0] += 1
    }
    let severities = Finding.Severity.allCases.sorted(by: >)
    var table = TextTable([.left, .left, .right], indentation: 0)
    table.add("rule", "severity", "count")
    for rule in rules {
      for severity in severities {
        guard let count = counts[rule]?[severity] else { continue }
        table.add(rule.printable, coloured(severity.rawValue, severity), count.grouped)
      }
    }
    let sums = severities.compactMap { severity in
      let sum = findings.count { $0.severity == severity }
      return sum == 0 ? nil : "\(sum.grouped) \(noun(severity, sum))"
    }
    return table.text + sums.joined(separator: ", ") + "\n"
  }

  private func noun(_ severity: Finding.Severity, _ count: Int) -> String {
    switch severity {
    case .error: count == 1 ? "error" : "errors"
    case .warning: count == 1 ? "warning" : "warnings"
    case .information: "for information"
    }
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
