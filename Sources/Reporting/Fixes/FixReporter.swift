import COCO
import Files

/// What fixes were applied, for people: a line each, rule after rule.
public struct FixReporter: Sendable {
  private let options: FindingReportOptions

  public init(_ options: FindingReportOptions) {
    self.options = options
  }

  /// The findings of `report`, each with the fix that was applied as its only one. Nothing where
  /// there are none.
  public func text(_ report: FindingReport) -> String {
    var text = ""
    for group in report.groups(limit: options.limit, from: options.workingFolder) {
      for entry in group.shown { text += line(entry) }
      if group.left > 0 { text += "… \(group.left.grouped) more fixed [\(group.rule.printable)]\n" }
    }
    let count = report.findings.count
    return text + (count == 1 ? "1 fix\n" : "\(count.grouped) fixes\n")
  }

  private func line(_ entry: LocatedFinding) -> String {
    let place = entry.place.map { "\($0.path.printable):\($0.line):\($0.column): " } ?? ""
    let finding = entry.finding
    let fix = finding.fixes.first?.title.printable ?? ""
    return "\(place)fixed: \(fix) (\(finding.message.printable)) [\(finding.rule.printable)]\n"
  }
}
