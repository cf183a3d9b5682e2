import COCO
import Files
import Foundation
import TestSupport
import Testing

@testable import Reporting

struct SARIFReporterTests {
  private static func run(_ text: String) throws -> [String: Any] {
    let log = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let runs = try #require((log as? [String: Any])?["runs"] as? [[String: Any]])
    return try #require(runs.first)
  }

  private static func results(_ text: String) throws -> [[String: Any]] {
    try #require(try run(text)["results"] as? [[String: Any]])
  }

  private static func rules(_ text: String) throws -> [[String: Any]] {
    let tool = try run(text)["tool"] as? [String: [String: Any]]
    return try #require(tool?["driver"]?["rules"] as? [[String: Any]])
  }

  private static func artifact(_ result: [String: Any]) -> [String: Any]? {
    let location = (result["locations"] as? [[String: Any]])?.first
    let physical = location?["physicalLocation"] as? [String: Any]
    return physical?["artifactLocation"] as? [String: Any]
  }

  /// The only finding's file, as the log names it.
  private static func uri(
    _ path: String, from folder: String?
  ) throws -> (uri: String, base: String?) {
    let finding = Finding(.tinyBox, severity: .error, "m", at: Origin(file: 0, offset: 0))
    let text = FindingExamples.text([finding], in: "sarif", sources: [path]) {
      $0.workingFolder = folder
    }
    let artifact = try #require(try results(text).first.flatMap(artifact))
    return (try #require(artifact["uri"] as? String), artifact["uriBaseId"] as? String)
  }

  @Test func `keeps to the schema`() throws {
    for text in [try FindingExamples.report("sarif"), FindingExamples.text([], in: "sarif")] {
      let log = try JSONSerialization.jsonObject(with: Data(text.utf8))
      #expect(SARIFShape.log.faults(log).isEmpty)
    }
  }

  @Test func `every result has its rule`() throws {
    let text = try FindingExamples.report("sarif")
    let rules = try Self.rules(text).map { $0["id"] as? String }
    #expect(rules == ["inverted-box", "tiny-box", "rare-category", "empty-name"])
    for result in try Self.results(text) {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index] == result["ruleId"] as? String)
    }
  }

  @Test func `severities are levels`() throws {
    let levels = try Self.results(FindingExamples.report("sarif")).map { $0["level"] as? String }
    #expect(levels == ["error", "error", "warning", "warning", "note", "note"])
  }

  @Test(
    arguments: [
      ("/data/set/a.xml", "set/a.xml", true), ("c d/ü:1.xml", "c%20d/%C3%BC%3A1.xml", true),
      ("./x//y.xml", "x/y.xml", true), ("../data/a.xml", "a.xml", true),
      ("../other/a.xml", "file:///other/a.xml", false),
      ("/database/a%.xml", "file:///database/a%25.xml", false),
    ])
  func `files are named by UR is`(path: String, uri: String, isRelative: Bool) throws {
    for folder in ["/data", "/data/"] {
      let found = try Self.uri(path, from: folder)
      #expect(found.uri == uri)
      #expect(found.base == (isRelative ? "%SRCROOT%" : nil))
    }
  }

  @Test func `hostile names come back from their UR is`() throws {
    let (uri, _) = try Self.uri(FindingExamples.hostileName, from: "/data")
    #expect(URL(string: uri) != nil)
    #expect(uri.removingPercentEncoding == FindingExamples.hostileName)
  }

  @Test(
    arguments: [
      (["/data/a.json"], "a.json"), (["/data/x/a.xml", "/data/x/b/c.xml"], "x/"),
      (["/data/x/a.xml", "/data/b.xml"], "./"), (["/one/a.xml", "/two/a.xml"], "./"),
      (["x/a.xml", "x/b.xml"], "x/"), ([], nil),
    ])
  func `what is of no place is of the whole set`(sources: [String], uri: String?) throws {
    let finding = Finding(.rareCategory, severity: .information, "m")
    let text = FindingExamples.text([finding], in: "sarif", sources: sources) {
      $0.workingFolder = "/data"
    }
    let result = try #require(try Self.results(text).first)
    #expect(Self.artifact(result)?["uri"] as? String == uri)
  }

  @Test func `fingerprints follow rule file and message but not the line`() throws {
    func fingerprint(_ kind: FaultKind, _ message: String, file: Int, offset: Int) throws -> String
    {
      let folder = try TemporaryFolder()
      let paths = try ["a.xml", "b.xml"].map { try folder.write("1\n2\n3\n", to: $0) }
      let finding = Finding(
        kind, severity: .error, message, at: Origin(file: file, offset: offset))
      let text = FindingExamples.text([finding], in: "sarif", sources: paths) {
        $0.workingFolder = folder.path
      }
      let prints = try Self.results(text).first?["partialFingerprints"] as? [String: String]
      return try #require(prints?["ruleFileMessage/v1"])
    }
    let first = try fingerprint(.tinyBox, "m", file: 0, offset: 0)
    #expect(first.count == 16)
    #expect(try first == fingerprint(.tinyBox, "m", file: 0, offset: 4))
    #expect(try first != fingerprint(.tinyBox, "m", file: 1, offset: 0))
    #expect(try first != fingerprint(.tinyBox, "n", file: 0, offset: 0))
    #expect(try first != fingerprint(.hugeBox, "m", file: 0, offset: 0))
  }

  @Test(
    arguments: [
      ("plain", "plain"), ("found {1}", "found {{1}}"), ("[a](http://b)", "[a\\](http://b)"),
      ("a[3] (x)", "a[3] (x)"),
    ])
  func `messages hold neither placeholders nor links`(message: String, text: String) {
    #expect(SARIFResults.messageText(message) == text)
  }
}
