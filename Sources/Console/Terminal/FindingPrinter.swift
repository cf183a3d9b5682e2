public import COCO
public import Files
public import Reporting

extension FindingReportOptions {
  /// Creates a printer that names files relative to the working folder.
  public init(usesColour: Bool) {
    self.init()
    self.usesColour = usesColour
    workingFolder = Path.real(".")
  }
}

/// A printer of findings for people on standard error.
public enum FindingPrinter {
  /// Prints findings, and nothing if there are none. The origins refer to `sources`.
  public static func print(_ findings: [Finding], in sources: Sources) {
    guard !findings.isEmpty else { return }
    let options = FindingReportOptions(usesColour: Terminal.usesColour)
    Terminal.message(text(findings, in: sources, options), terminator: "")
  }

  /// Returns the findings as people read them.
  public static func text(
    _ findings: [Finding], in sources: Sources, _ options: FindingReportOptions
  ) -> String {
    let report = FindingReport(findings, in: sources, toolVersion: Version.text)
    return FindingReporters.all.first { $0.name == "text" }?.init(options).report(report) ?? ""
  }
}
