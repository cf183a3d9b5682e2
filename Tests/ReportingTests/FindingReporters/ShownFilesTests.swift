import COCO
import Files
import Testing

@testable import Reporting

struct ShownFilesTests {
  private static func finding(_ file: Int, _ kind: FaultKind = .invertedBox) -> Finding {
    Finding(kind, "x", at: Origin(file: file, offset: 5))
  }

  /// Two findings in file 0, one in file 1, two in file 3 and one of a rare rule in file 4.
  private static let findings = [3, 0, 1, 0, 3].map { finding($0) } + [finding(4, .tinyBox)]

  private static func held(
    by reporter: any FindingReporter.Type, limit: Int, showsAll: Bool = false
  ) -> [Bool] {
    var options = FindingReportOptions()
    options.shownPerRule = limit
    options.showsAll = showsAll
    let shown = ShownFiles(of: findings, by: reporter, options)
    return findings.map(shown.mayHold)
  }

  @Test(
    arguments: [
      (1, [false, true, false, true, false, true]), (2, [false, true, false, true, false, true]),
      (3, [false, true, true, true, false, true]), (4, [true, true, true, true, true, true]),
    ])
  func `of each rule the files of the first findings are shown`(limit: Int, expected: [Bool]) {
    #expect(Self.held(by: TextReporter.self, limit: limit) == expected)
    #expect(Self.held(by: MarkdownReporter.self, limit: limit) == expected)
  }

  @Test func `all are shown where all are asked for`() {
    #expect(!Self.held(by: TextReporter.self, limit: 1, showsAll: true).contains(false))
  }

  @Test func `programs are given all`() {
    let forPeople = ["text", "markdown", "html"]
    for reporter in FindingReporters.all where !forPeople.contains(reporter.name) {
      #expect(!Self.held(by: reporter, limit: 1).contains(false), "\(reporter.name)")
    }
  }

  @Test func `what stands nowhere is shown`() {
    let shown = ShownFiles(of: Self.findings, by: TextReporter.self, FindingReportOptions())
    #expect(shown.mayHold(Finding(.invertedBox, "x")))
  }
}
