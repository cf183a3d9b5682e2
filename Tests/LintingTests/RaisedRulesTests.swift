import COCO
import Foundation
import Testing

@testable import Linting

/// The kinds of faults in the sources of those that raise them.
struct RaisedRulesTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources").standardizedFileURL

  /// The source files below a folder, with their texts.
  private static func files(in folder: String) throws -> [(path: String, text: String)] {
    let root = sources.appending(path: folder)
    let paths = try #require(FileManager.default.enumerator(atPath: root.path))
    return try paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.map { path in
      (
        "\(folder)/\(path)",
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
      )
    }
  }

  @Test func `no source spells the id of a fault`() throws {
    let ids = Set(FaultKind.allCases.map(\.id))
    var found: [String] = []
    for (path, text) in try Self.files(in: ".") {
      for line in text.split(separator: "\n")
      where !line.drop(while: \.isWhitespace).hasPrefix("//") {
        for match in line.matches(of: /"([a-z]+(?:-[a-z0-9]+)+)"/)
        where ids.contains(String(match.1)) {
          found.append("\(path): \(match.1)")
        }
      }
    }
    #expect(found == [])
  }

  @Test(arguments: [
    (Raiser.readers, ["COCO/Reading", "COCO/JSON", "COCO/Judging", "Formats"]),
    (.writers, ["Formats", "Datasets"]),
    (.evaluation, ["DetectionMetrics"]),
    (.engine, ["Engine", "DetectionMetrics/LabelErrors", "copra-engine/Runs/Checks"]),
  ])
  func `a fault is raised by those that its rule names`(
    _ raiser: Raiser, _ folders: [String]
  ) throws {
    let text = try folders.flatMap { try Self.files(in: $0) }.map(\.text).joined()
    for rule in Rules.all where rule.raiser == raiser {
      #expect(text.contains(".\(rule.kind.rawValue)"), "\(rule.id)")
    }
  }
}
