import COCO
import Foundation
import Testing

@testable import Reporting

struct JSONReporterTests {
  private static func object(_ text: some StringProtocol) throws -> [String: Any] {
    let data = Data(String(text).utf8)
    return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test func `lines are the findings of the object`() throws {
    let root = try Self.object(FindingExamples.report("json"))
    let findings = try #require(root["findings"] as? [NSDictionary])
    let lines = try FindingExamples.report("jsonl").split(separator: "\n").map {
      try Self.object($0) as NSDictionary
    }
    #expect(findings == lines)
    #expect(lines.count == FindingExamples.findings.count)
  }

  @Test func `hostile text comes back as it was`() throws {
    let lines = try FindingExamples.report("jsonl").split(separator: "\n").map(Self.object)
    #expect(lines.contains { $0["message"] as? String == FindingExamples.hostile })
    #expect(lines.contains { $0["path"] as? String == FindingExamples.hostileName })
  }

  @Test func `every finding has all keys`() throws {
    for line in try FindingExamples.report("jsonl").split(separator: "\n") {
      #expect(
        try Self.object(line).keys.sorted() == [
          "column", "field", "fix", "line", "message", "path", "rule", "severity", "where",
        ])
    }
  }

  @Test func `a place is file line column and what the file calls it`() throws {
    let lines = try FindingExamples.report("jsonl").split(separator: "\n").map(Self.object)
    let tiny = try #require(lines.first { $0["rule"] as? String == "tiny-box" })
    #expect(tiny["path"] as? String == "b.json")
    #expect(tiny["line"] as? Int == 1)
    #expect(tiny["column"] as? Int == 3)
    #expect(tiny["where"] as? String == "annotations[3].bbox")
    let placeless = try #require(lines.first { $0["rule"] as? String == "rare-category" })
    #expect(placeless["path"] is NSNull)
    #expect(placeless["line"] is NSNull)
  }

  @Test func `summary counts`() throws {
    let root = try Self.object(FindingExamples.report("json"))
    let summary = try #require(root["summary"] as? NSDictionary)
    #expect(
      summary == [
        "errors": 2, "warnings": 2, "information": 2, "fixable": 2, "fixable_unsafely": 1,
        "by_rule": ["inverted-box": 2, "tiny-box": 1, "empty-name": 2, "rare-category": 1],
      ])
  }
}
