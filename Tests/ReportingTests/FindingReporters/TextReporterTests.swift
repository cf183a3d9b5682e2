import COCO
import Files
import Foundation
import TestSupport
import Testing

@testable import Reporting

struct TextReporterTests {
  private static func report(
    _ findings: [Finding], _ sources: Sources = Sources(),
    _ change: (inout FindingReportOptions) -> Void = { _ in }
  ) -> String {
    var options = FindingReportOptions()
    change(&options)
    return TextReporter(options).report(
      FindingReport(findings, in: sources, toolVersion: "1.2.3"))
  }

  @Test func `says that there is nothing`() {
    #expect(Self.report([]) == "no findings\n")
  }

  @Test func `orders by file line and column`() throws {
    let folder = try TemporaryFolder()
    try folder.write("one\ntwo three\n", to: "a.xml")
    try folder.write("four\n", to: "b.xml")
    let sources = Sources([folder.path("a.xml"), folder.path("b.xml")])
    let findings = [
      Finding(.invertedBox, severity: .error, "fourth", at: Origin(file: 1, offset: 0)),
      Finding(.invertedBox, severity: .error, "about all"),
      Finding(.invertedBox, severity: .error, "second", at: Origin(file: 0, offset: 8)),
      Finding(.invertedBox, severity: .error, "third", at: Origin(file: 0, offset: 8)),
      Finding(.invertedBox, severity: .error, "first", at: Origin(file: 0, offset: 4)),
    ]
    let text = Self.report(findings, sources) { $0.workingFolder = folder.path }
    #expect(
      text == """
        a.xml:2:1: error: first [inverted-box]
        a.xml:2:5: error: second [inverted-box]
        a.xml:2:5: error: third [inverted-box]
        b.xml:1:1: error: fourth [inverted-box]
        error: about all [inverted-box]

        rule          severity  count
        inverted-box  error         5
        5 errors

        """)
  }

  @Test func `puts the most severe rule first`() {
    let text = Self.report([
      Finding(.badIscrowd, severity: .information, "x"),
      Finding(.areaMismatch, severity: .warning, "x"),
      Finding(.zeroAreaBox, severity: .error, "x"), Finding(.categoryZero, severity: .warning, "x"),
    ])
    let rules = text.split(separator: "\n").prefix(4).map { $0.split(separator: " ").last ?? "" }
    #expect(
      rules == [
        "[zero-area-box]", "[area-mismatch]", "[category-zero]", "[bad-iscrowd]",
      ])
    #expect(text.hasSuffix("1 error, 2 warnings, 1 informational finding\n"))
  }

  @Test func `shows twenty of a rule and counts the rest`() {
    let findings = (0..<1260).map { Finding(.tinyBox, severity: .warning, "number \($0)") }
    let text = Self.report(findings)
    #expect(text.ranges(of: "warning: number").count == 20)
    #expect(text.contains("number 19 [tiny-box]\n… 1,240 more [tiny-box]\n\n"))
    #expect(text.contains("tiny-box  warning   1,260\n"))
  }

  @Test func `shows all when asked`() {
    let findings = (0..<1260).map { Finding(.tinyBox, severity: .warning, "number \($0)") }
    let text = Self.report(findings) { $0.showsAll = true }
    #expect(text.ranges(of: "warning: number").count == 1260)
    #expect(!text.contains("more"))
  }

  @Test(arguments: ["/data", "/data/"])
  func `names files from the working folder`(folder: String) {
    let sources = Sources(["/data/set/a.xml", "/database/b.xml", "c.xml"])
    let findings = (0..<3).map {
      Finding(.tinyBox, severity: .error, "m", at: Origin(file: $0, offset: 0))
    }
    let text = Self.report(findings, sources) { $0.workingFolder = folder }
    #expect(text.hasPrefix("set/a.xml:1:1: error: m [tiny-box]\n/database/b.xml:1:1: "))
    #expect(text.contains("\nc.xml:1:1: "))
  }

  @Test func `has no colours unless asked`() {
    let sources = Sources(["a.xml"])
    let finding = Finding(.tinyBox, severity: .error, "m\u{1B}[31m", at: Origin(file: 0, offset: 0))
    #expect(!Self.report([finding], sources).contains("\u{1B}"))
    let text = Self.report([finding], sources) { $0.usesColour = true }
    #expect(
      text.hasPrefix(
        "\u{1B}[1ma.xml\u{1B}[0m:1:1: \u{1B}[1;31merror\u{1B}[0m: m\\u{1b}[31m [tiny-box]\n"))
  }

  @Test func `aligns its summary in colour too`() {
    let findings = [
      Finding(.categoryIDsNotContiguous, severity: .warning, "m"),
      Finding(.tinyBox, severity: .error, "m"),
    ]
    let text = Self.report(findings) { $0.usesColour = true }
    let summary = text.split(separator: "\n").suffix(4).dropLast().map { String($0).columns }
    #expect(summary == [44, 44, 44])
  }

  /// Counting each column from the start of the line would read 20 GB here.
  @Test(.timeLimit(.minutes(1)))
  func `finds many places on one long line`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(String(repeating: "é", count: 2_000_000), to: "a.json")
    let findings = (0..<10_000).map {
      Finding(.tinyBox, severity: .error, "m", at: Origin(file: 0, offset: 400 * $0))
    }
    let text = Self.report(findings.reversed(), Sources([path])) {
      $0.showsAll = true
      $0.workingFolder = folder.path
    }
    #expect(text.contains("\na.json:1:1999801: "))
    #expect(text.ranges(of: "\na.json:1:").count == 9_999)
  }
}
