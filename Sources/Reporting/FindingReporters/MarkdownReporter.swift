import COCO
import Files

/// A reporter of findings for a summary of a job or a comment: a table of rules, then a table for
/// each rule.
struct MarkdownReporter: FindingReporter {
  static let name = "markdown"
  static let showsFirst = true

  private let options: FindingReportOptions

  init(_ options: FindingReportOptions) {
    self.options = options
  }

  func report(_ report: FindingReport) -> String {
    let counts = FindingCounts(report.findings)
    var text = "## copra: \(counts.sentence)\n"
    guard !report.findings.isEmpty else { return text }
    let groups = report.groups(limit: options.limit, from: options.workingFolder)
    let summaries = Dictionary(
      report.rules.map { ($0.id, $0.summary) }, uniquingKeysWith: { first, _ in first })
    text += "\n" + MarkdownText.head(["rule", "severity", "count"], numbers: [2])
    for group in groups {
      for severity in FindingCounts.severities {
        guard let count = counts.byRule[group.rule]?[severity] else { continue }
        text += MarkdownText.row([
          MarkdownText.code(group.rule), severity.rawValue, count.grouped,
        ])
      }
    }
    if options.offersFixes, let fixes = counts.fixesSentence {
      text += "\n\(fixes)\n"
    }
    for group in groups { text += section(group, summary: summaries[group.rule]) }
    return text
  }

  private func section(_ group: FindingGroup, summary: String?) -> String {
    var text = "\n### \(MarkdownText.code(group.rule))\n\n"
    if let summary { text += MarkdownText.prose(summary) + "\n\n" }
    guard !group.shown.isEmpty else { return text + "\(group.left.grouped) not shown\n" }
    let hasFixes = group.shown.contains { $0.finding.offeredFix != nil }
    text += MarkdownText.head(["place", "message"] + (hasFixes ? ["fix"] : []))
    for entry in group.shown {
      var cells = [
        entry.place.map { MarkdownText.code($0.description) } ?? "",
        MarkdownText.escaped(entry.finding.message),
      ]
      if hasFixes { cells.append(entry.finding.offeredFix.map(Self.words) ?? "") }
      text += MarkdownText.row(cells)
    }
    if group.left > 0 { text += "\n… \(group.left.grouped) more\n" }
    return text
  }

  private static func words(_ fix: Fix) -> String {
    MarkdownText.escaped(fix.title) + (fix.isSafe ? "" : " (unsafe)")
  }
}
