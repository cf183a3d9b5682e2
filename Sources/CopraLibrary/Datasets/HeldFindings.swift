// The names are those of the C header.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

public import CCopra
import COCO
import Datasets
import Files
import Formats
import Reporting

/// The findings behind a handle.
final class HeldFindings: HandleValue {
  static let name = "findings"

  let findings: [Finding]
  /// The sources that the findings' places refer to.
  let sources: Sources
  let columns = LentColumns()

  init(_ findings: [Finding], in sources: Sources = Sources()) {
    self.findings = findings
    self.sources = sources
  }

  /// The findings as `copra validate --format json` writes them.
  var json: Lent {
    let report = FindingReport(findings, in: sources, toolVersion: Version.text)
    let reporter = FindingReporters.all.first { $0.name == "json" }
    return Lent(texts: [reporter?.init(FindingReportOptions()).report(report) ?? "{}"])
  }
}

/// Judges a dataset of any format by all rules; images are decoded unless `decodes` is 0.
@c @implementation
public func copra_validate(
  _ path: UnsafePointer<CChar>?, _ decodes: Int32,
  _ findings: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Call.run {
    let path = try Call.text(path, "path")
    let threads = Call.threads
    let found = try Call.work { _ in
      var linter = DatasetLinter()
      linter.reader.workers = Workers(threads: threads)
      linter.survey.workers = Workers(threads: threads)
      linter.survey.skipsDecoding = decodes == 0
      let linted: LintedDataset
      if let inWindows = try await linter.lintInWindows([path]) {
        linted = inWindows
      } else {
        linted = try await linter.lint(path)
      }
      return HeldFindings(linted.findings, in: linted.imported.sources)
    }
    try found.give(to: findings)
  }
}

/// Gives the number of findings, and of those that are errors.
@c @implementation
public func copra_findings_count(
  _ findings: OpaquePointer?, _ all: UnsafeMutablePointer<Int64>?,
  _ errors: UnsafeMutablePointer<Int64>?
) -> Int32 {
  Call.run {
    let findings = try HeldFindings.borrow(findings).findings
    try Call.required(all, "all").pointee = Int64(findings.count)
    try Call.required(errors, "errors").pointee = Int64(findings.count { $0.severity == .error })
  }
}

/// Lends the findings as JSON: an object with a list `findings`.
@c @implementation
public func copra_findings_json(
  _ findings: OpaquePointer?, _ json: UnsafeMutablePointer<copra_array>?
) -> Int32 {
  Call.run {
    let findings = try HeldFindings.borrow(findings)
    try findings.columns.lend(0, to: json) { findings.json }
  }
}

/// Frees findings; NULL may be freed.
@c @implementation
public func copra_findings_free(_ findings: OpaquePointer?) { HeldFindings.free(findings) }
