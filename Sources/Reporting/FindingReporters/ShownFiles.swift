public import COCO
import Files

/// Which findings a report shows may be known before their exact places are: of each rule those in
/// the files where the first ones stand.
public struct ShownFiles: Sendable {
  /// The last file of which a rule's findings are shown, by the rule; none for a rule that shows all.
  private var last: [String: Int] = [:]

  /// What `reporter` shows of `findings`.
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
