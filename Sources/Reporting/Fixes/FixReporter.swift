import COCO
import Files

/// A reporter of the fixes that were applied, for people: one on each line, rule after rule.
public struct FixReporter: Sendable {
  private let options: FindingReportOptions

  /// Creates a reporter.
  public init(_ options: FindingReportOptions) {
    self.options = options
  }

  /// Returns a line for each fix, and their number.
  ///
  /// - Parameter report: The findings that were fixed, each with the applied fix as its only one.
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
