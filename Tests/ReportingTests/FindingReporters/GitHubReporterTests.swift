import COCO
import Testing

@testable import Reporting

struct GitHubReporterTests {
  /// A command as GitHub's runner reads it.
  private struct Command: Equatable {
    var name: String
    var properties: [String: String] = [:]
    var message: String

    init?(_ line: Substring) {
      guard line.hasPrefix("::"), let end = line.dropFirst(2).firstRange(of: "::") else {
        return nil
      }
      let head = line[line.index(line.startIndex, offsetBy: 2)..<end.lowerBound]
        .split(separator: " ", maxSplits: 1)
      name = String(head[0])
      for property in head[1].split(separator: ",") {
        let sides = property.split(separator: "=", maxSplits: 1)
        properties[String(sides[0])] = Self.decoded(sides[1])
      }
      message = Self.decoded(line[end.upperBound...])
    }

    private static func decoded(_ text: Substring) -> String {
      [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")].reduce(String(text))
      { $0.split(separator: $1.0, omittingEmptySubsequences: false).joined(separator: $1.1) }
    }
  }

  private static func commands() throws -> [Command] {
    // By bytes: a carriage return and a line feed are one character to Swift.
    try FindingExamples.report("github").utf8.split(separator: UInt8(ascii: "\n")).map {
      try #require(Command(Substring($0)))
    }
  }

  @Test func `the most severe come first`() throws {
    let names = try Self.commands().map(\.name)
    #expect(names == ["error", "error", "warning", "warning", "notice", "notice"])
  }

  @Test func `places are properties`() throws {
    let commands = try Self.commands()
    #expect(
      commands[1].properties == [
        "file": "für alle/a,1:2 100%.xml", "line": "3", "col": "2", "title": "inverted-box",
      ])
    #expect(commands[5].properties == ["title": "rare-category"])
  }

  @Test func `a message stays one command and comes back`() throws {
    let hostile = try #require(try Self.commands().first { $0.properties["title"] == "empty-name" })
    // GitHub shows line ends; other control characters are shown by their codes.
    #expect(
      hostile.message
        == "a\"b'c\\d\ne\r\nf\\tg\\u{0}\\u{1b}[31m ]]> <b>&amp;</b> | `x` {0} [y](http://z) "
        + "%0A::error:: , é 🦀")
  }
}
