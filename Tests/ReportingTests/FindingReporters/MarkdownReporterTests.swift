import COCO
import Testing

@testable import Reporting

struct MarkdownReporterTests {
  /// How many cells GitHub sees in a row.
  private static func cells(_ row: Substring) -> Int {
    var bars = 0
    var isEscaped = false
    for character in row {
      if character == "|", !isEscaped { bars += 1 }
      isEscaped = character == "\\" && !isEscaped
    }
    return bars - 1
  }

  @Test func `rows have as many cells as their table`() throws {
    var cells: Int?
    for line in try FindingExamples.report("markdown")
      .split(separator: "\n", omittingEmptySubsequences: false)
    {
      guard line.hasPrefix("|") else {
        cells = nil
        continue
      }
      #expect(Self.cells(line) == cells ?? Self.cells(line))
      cells = Self.cells(line)
    }
  }

  @Test func `shows twenty of a rule and counts the rest`() {
    let findings = (0..<1260).map { Finding(.tinyBox, severity: .warning, "number \($0)") }
    let text = FindingExamples.text(findings, in: "markdown")
    #expect(text.ranges(of: "number ").count == 20)
    #expect(text.hasSuffix("number 19 |\n\n… 1,240 more\n"))
    let all = FindingExamples.text(findings, in: "markdown") { $0.showsAll = true }
    #expect(all.ranges(of: "number ").count == 1260)
  }
}
