import COCO
import Files
import Testing

@testable import Reporting

struct FindingReportersTests {
  /// But for pages, whose looks change.
  @Test(arguments: FindingReporters.all.filter { !$0.isPage }.map { $0.name })
  func `every format is as it was agreed`(format: String) throws {
    let found = try FindingExamples.report(format)
    #expect(try found == GoldenFile.expected("findings.\(format)", found: found))
  }

  @Test(
    arguments: [
      ("text", "no findings\n"), ("jsonl", ""), ("github", ""),
      ("markdown", "## copra: no findings\n"),
      (
        "json",
        #"{"version":"1.2.3","findings":[],"summary":{"errors":0,"warnings":0,"information":0,"#
          + #""fixable":0,"fixable_unsafely":0,"by_rule":{}}}"# + "\n"
      ),
    ])
  func `nothing is said of no findings`(format: String, text: String) {
    #expect(FindingExamples.text([], in: format) == text)
  }

  @Test(arguments: FindingExamples.formats)
  func `no format lets control characters through`(format: String) throws {
    let text = try FindingExamples.report(format)
    #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.steersTerminals })
  }

  @Test(arguments: FindingExamples.formats)
  func `any order of findings of different places gives the same`(format: String) {
    let findings = (0..<5).map {
      Finding(
        [.tinyBox, .hugeBox][$0 % 2], severity: .warning, "m\($0)", at: Origin(file: $0, offset: 0))
    }
    let sources = (0..<5).map { "\($0).xml" }
    #expect(
      FindingExamples.text(findings, in: format, sources: sources)
        == FindingExamples.text(findings.reversed(), in: format, sources: sources))
  }

  @Test(arguments: ["json", "jsonl", "sarif", "github", "junit"])
  func `formats for programs show all`(format: String) {
    let findings = (0..<45).map { Finding(.tinyBox, severity: .warning, "number \($0)") }
    let text = FindingExamples.text(findings, in: format)
    #expect(text.ranges(of: "number ").count == 45)
  }

  @Test func `the fix that is safe is offered before the best`() {
    let counts = FindingCounts(FindingExamples.findings)
    #expect(counts.fixable == 2)
    #expect(counts.fixableUnsafely == 1)
  }

  @Test(
    arguments: [
      (0, 0, nil), (1200, 0, "1,200 fixable with --fix"),
      (0, 3, "3 fixable with --unsafe-fixes"),
      (2, 1, "2 fixable with --fix, 1 more with --unsafe-fixes"),
    ])
  func `fixes are counted`(safe: Int, unsafe: Int, sentence: String?) {
    let findings = (0..<safe + unsafe).map { index in
      Finding(.tinyBox, severity: .error, "m", fixes: [Fix("f", isSafe: index < safe, edits: [])])
    }
    #expect(FindingCounts(findings).fixesSentence == sentence)
  }

  @Test func `fixes are only offered by commands that apply them`() throws {
    let text = try FindingExamples.report("text", rules: []) { $0.offersFixes = false }
    #expect(!text.contains("[*]"))
    #expect(!text.contains("fixable"))
    #expect(!text.contains("explain"))
  }
}
