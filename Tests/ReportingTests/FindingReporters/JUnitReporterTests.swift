import COCO
import Files
import Foundation
import FoundationXML
import Testing

@testable import Reporting

struct JUnitReporterTests {
  /// An element with what stands in it.
  private final class Element: NSObject {
    let name: String
    let attributes: [String: String]
    var text = ""
    var children: [Element] = []

    init(_ name: String, _ attributes: [String: String]) {
      self.name = name
      self.attributes = attributes
    }

    func all(_ name: String) -> [Element] {
      children.filter { $0.name == name } + children.flatMap { $0.all(name) }
    }
  }

  /// Builds the tree of a document.
  private final class Builder: NSObject, XMLParserDelegate {
    var open = [Element("", [:])]

    func parser(
      _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      let element = Element(elementName, attributes)
      open.last?.children.append(element)
      open.append(element)
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
      open.last?.text += string
    }

    func parser(
      _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?,
      qualifiedName: String?
    ) {
      open.removeLast()
    }
  }

  private static func parsed(_ text: String) throws -> Element {
    let parser = XMLParser(data: Data(text.utf8))
    let builder = Builder()
    parser.delegate = builder
    try #require(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
    return try #require(builder.open.first?.children.first)
  }

  @Test func `a suite is a rule and a case a file`() throws {
    let root = try Self.parsed(FindingExamples.report("junit"))
    let suites = root.all("testsuite")
    let names = suites.map { $0.attributes["name"] }
    #expect(names == ["inverted-box", "tiny-box", "rare-category", "empty-name"])
    let files = suites[0].all("testcase").map { $0.attributes["name"] }
    #expect(files == ["für alle/a,1:2 100%.xml"])
    #expect(suites[2].all("testcase").map { $0.attributes["name"] } == ["whole dataset"])
  }

  @Test func `counts are those of the cases`() throws {
    let root = try Self.parsed(FindingExamples.report("junit"))
    for element in [root] + root.all("testsuite") {
      let cases = element.all("testcase")
      #expect(element.attributes["tests"] == "\(cases.count)")
      let failed = cases.count { !$0.all("failure").isEmpty }
      #expect(element.attributes["failures"] == "\(failed)")
    }
    #expect(root.attributes["failures"] == "3")
  }

  @Test func `errors and warnings fail and information is output`() throws {
    let root = try Self.parsed(FindingExamples.report("junit"))
    #expect(root.all("failure").map { $0.attributes["type"] } == ["error", "warning", "warning"])
    #expect(
      root.all("system-out").map(\.text) == [
        "information: \"crab\" has 3 annotations, fewer than 10",
        "/elsewhere/c d.txt:1:1: information: not 5,5: \"100 %\"",
      ])
    #expect(root.all("failure").first?.attributes["message"] == "2 errors")
  }

  @Test func `hostile names stay in their attribute`() throws {
    let root = try Self.parsed(FindingExamples.report("junit"))
    let names = root.all("testcase").map { $0.attributes["name"] ?? "" }
    let kept = FindingExamples.hostileName.replacing("\u{1B}", with: "\u{FFFD}")
    #expect(names.contains(kept))
  }

  @Test func `a rule that finds nothing passes`() throws {
    let report = FindingReport(
      [], in: Sources(), rules: FindingExamples.rules, toolVersion: "1.2.3")
    let root = try Self.parsed(FindingExamples.text(report, in: "junit"))
    #expect(root.attributes["tests"] == "3")
    #expect(root.attributes["failures"] == "0")
  }

  @Test func `there is always a test`() throws {
    let root = try Self.parsed(FindingExamples.text([], in: "junit"))
    #expect(root.all("testcase").map { $0.attributes["name"] } == ["no findings"])
  }
}
