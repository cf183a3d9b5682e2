import COCO
import Files

/// A reporter of all findings as the XML that test runners write and CI systems read: a suite for
/// each rule, a test case for each file with findings of it. Errors and warnings fail it;
/// information is output. A rule that found nothing is a test case that passes.
struct JUnitReporter: FindingReporter {
  static let name = "junit"

  private let options: FindingReportOptions

  init(_ options: FindingReportOptions) {
    self.options = options
  }

  func report(_ report: FindingReport) -> String {
    let suites = suites(report)
    var output = JSONOutput()
    output.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"copra\"")
    appendCounts(of: suites.flatMap(\.cases), to: &output)
    for suite in suites {
      output.raw("  <testsuite name=\"")
      output.append(attribute: suite.rule)
      output.raw("\"")
      appendCounts(of: suite.cases, to: &output)
      for testCase in suite.cases { append(testCase, of: suite.rule, to: &output) }
      output.raw("  </testsuite>\n")
    }
    output.raw("</testsuites>\n")
    return output.text
  }

  private struct Suite {
    var rule: String
    var cases: [Case]
  }

  private struct Case {
    var name: String
    var findings: [LocatedFinding] = []

    var failures: [LocatedFinding] { findings.filter { $0.finding.severity != .information } }
  }

  /// Returns the suites in the order of the descriptions, then by id. CI would refuse a file
  /// without any test.
  private func suites(_ report: FindingReport) -> [Suite] {
    let found = report.groups(limit: .max, from: options.workingFolder)
    let byRule = Dictionary(uniqueKeysWithValues: found.map { ($0.rule, $0.shown) })
    let known = report.rules.map(\.id)
    let others = Set(byRule.keys).subtracting(known).sorted()
    let suites = (known + others).map { rule in
      Suite(rule: rule, cases: cases(byRule[rule] ?? []))
    }
    return suites.isEmpty ? [Suite(rule: "copra", cases: cases([]))] : suites
  }

  /// Returns a case for each file; the findings come file by file.
  private func cases(_ findings: [LocatedFinding]) -> [Case] {
    guard !findings.isEmpty else { return [Case(name: "no findings")] }
    var cases: [Case] = []
    for entry in findings {
      let name = entry.place?.path ?? "whole dataset"
      if cases.last?.name != name { cases.append(Case(name: name)) }
      cases[cases.count - 1].findings.append(entry)
    }
    return cases
  }

  private func appendCounts(of cases: [Case], to output: inout JSONOutput) {
    output.raw(" tests=\"")
    output.append(cases.count)
    output.raw("\" failures=\"")
    output.append(cases.count { !$0.failures.isEmpty })
    output.raw("\">\n")
  }

  private func append(_ testCase: Case, of rule: String, to output: inout JSONOutput) {
    output.raw("    <testcase classname=\"")
    output.append(attribute: rule)
    output.raw("\" name=\"")
    output.append(attribute: testCase.name)
    guard !testCase.findings.isEmpty else { return output.raw("\"/>\n") }
    output.raw("\">\n")
    let failures = testCase.failures
    if let severity = failures.map(\.finding.severity).max() {
      output.raw("      <failure type=\"")
      output.append(attribute: severity.rawValue)
      output.raw("\" message=\"")
      output.append(attribute: FindingCounts(failures.map(\.finding)).sentence)
      output.raw("\">")
      append(lines: failures, to: &output)
      output.raw("</failure>\n")
    }
    let notes = testCase.findings.filter { $0.finding.severity == .information }
    if !notes.isEmpty {
      output.raw("      <system-out>")
      append(lines: notes, to: &output)
      output.raw("</system-out>\n")
    }
    output.raw("    </testcase>\n")
  }

  private func append(lines findings: [LocatedFinding], to output: inout JSONOutput) {
    for (index, entry) in findings.enumerated() {
      if index > 0 { output.raw("\n") }
      output.append(verbatim: XMLText.escaped(entry.line).text)
    }
  }
}

extension JSONOutput {
  fileprivate mutating func append(attribute text: String) {
    append(verbatim: XMLText.escaped(text, inAttribute: true).text)
  }
}
