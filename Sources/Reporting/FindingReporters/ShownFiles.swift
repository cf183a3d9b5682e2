public import COCO
import Files

/// The findings that a report can show, determined before their exact places are known: for each
/// rule, those in the files of the first ones.
public struct ShownFiles: Sendable {
  /// The last file of which a rule's findings are shown, by the rule; absent for a rule that shows
  /// all.
  private var last: [String: Int] = [:]

  /// Selects the findings that `reporter` can show.
  public init(
    of findings: [Finding], by reporter: any FindingReporter.Type, _ options: FindingReportOptions
  ) {
    let limit = options.limit
    guard reporter.showsFirst, limit > 0, findings.count > limit else { return }
    var files: [String: [Int]] = [:]
    for finding in findings {
      if let origin = finding.origin { files[finding.rule, default: []].append(origin.file) }
    }
    last = files.filter { $0.value.count > limit }.mapValues { $0.sorted()[limit - 1] }
  }

  /// Returns whether `finding` may be shown, wherever in its file it stands.
  public func mayHold(_ finding: Finding) -> Bool {
    guard let last = last[finding.rule], let origin = finding.origin else { return true }
    return origin.file <= last
  }
}
