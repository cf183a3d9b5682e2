import COCO
import Files
import Foundation
import TestSupport

@testable import Reporting

/// A few findings of every kind, some with names and messages that mean harm.
enum FindingExamples {
  static let formats = FindingReporters.all.map { $0.name }

  /// Everything that one format or another could take for its own.
  static let hostile =
    "a\"b'c\\d\ne\r\nf\tg\u{0}\u{1B}[31m ]]> <b>&amp;</b> | `x` {0} [y](http://z) %0A::error:: , é 🦀"

  /// No file system holds `\0`, nor a slash in a name.
  static let hostileName =
    "a\"b'c\\d\ne\r\nf\tg\u{1B}[31m ]]> <b>&amp; | `x` {0} [y](z) %0A::error:: , é 🦀.xml"

  static let findings = [
    Finding(
      .invertedBox, severity: .error, "xmax 40 is left of xmin 55", at: Origin(file: 0, offset: 11),
      field: .box, fixes: [Fix("sort the corners", isSafe: true, edits: [])]),
    Finding(
      .invertedBox, severity: .error, "ymax 4 is above ymin 5", at: Origin(file: 0, offset: 0),
      fixes: [
        Fix("take the box away", isSafe: false, edits: [.remove]),
        Fix("sort the corners", isSafe: true, edits: []),
      ]),
    located("annotations[3].bbox"),
    Finding(.emptyName, severity: .warning, hostile, at: Origin(file: 2, offset: 0)),
    Finding(
      .emptyName, severity: .information, "not 5,5: \"100 %\"", at: Origin(file: 3, offset: 0)),
    Finding(.rareCategory, severity: .information, "\"crab\" has 3 annotations, fewer than 10"),
  ]

  static let rules = [
    RuleExamples.invertedBox, RuleExamples.tinyBox, RuleExamples.rareCategory,
  ]

  private static func located(_ path: String) -> Finding {
    var finding = Finding(
      .tinyBox, severity: .warning, "the box is 1 pixel wide", at: Origin(file: 1, offset: 3),
      fixes: [Fix("take the box away", isSafe: false, edits: [.remove])])
    finding.path = path
    return finding
  }

  /// The report of the findings above, whose files lie in a folder that exists meanwhile.
  static func report(
    _ format: String, rules: [RuleDescription] = rules,
    _ change: (inout FindingReportOptions) -> Void = { _ in }
  ) throws -> String {
    let folder = try TemporaryFolder()
    let names = ["für alle/a,1:2 100%.xml", "b.json", hostileName]
    let paths = try names.map { try folder.write("<é>\n<ü>\n  <box/>", to: $0) }
    let report = FindingReport(
      findings, in: Sources(paths + ["/elsewhere/c d.txt"]), rules: rules, toolVersion: "1.2.3")
    return Self.text(report, in: format) {
      $0.workingFolder = folder.path
      $0.offersFixes = true
      change(&$0)
    }
  }

  static func text(
    _ report: FindingReport, in format: String,
    _ change: (inout FindingReportOptions) -> Void = { _ in }
  ) -> String {
    var options = FindingReportOptions()
    change(&options)
    let type = FindingReporters.all.first { $0.name == format }
    return type?.init(options).report(report) ?? "no reporter is named \(format)"
  }

  static func text(
    _ findings: [Finding], in format: String, sources: [String] = [],
    _ change: (inout FindingReportOptions) -> Void = { _ in }
  ) -> String {
    let report = FindingReport(findings, in: Sources(sources), toolVersion: "1.2.3")
    return text(report, in: format, change)
  }
}
