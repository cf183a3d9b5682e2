import COCO
import Files
import Foundation
import Testing

@testable import Linting

/// The ids of rules that stand in the sources of the readers.
struct RaisedRulesTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources").standardizedFileURL

  /// Words with hyphens in the readers' sources that are no rules.
  private static let words: Set<String> = ["as-written", "one-based", "class-descriptions"]

  /// Rules over records whose faults a conversion reports too, as far as they are not listed yet.
  private static let awaited: Set<String> = [
    "bad-iscrowd", "blank-padded-name", "box-outside-image", "box-past-edge", "category-zero",
    "duplicate-category-id", "duplicate-category-name", "duplicate-file-name", "duplicate-image-id",
    "empty-name", "exif-orientation", "image-size-mismatch", "non-finite-box", "non-finite-value",
    "root-category",
    "unknown-category", "unknown-image", "zero-area-box",
  ]

  private static func raised(in target: String) throws -> Set<String> {
    let folder = sources.appending(path: target)
    let files = try #require(FileManager.default.enumerator(atPath: folder.path))
    var ids: Set<String> = []
    for case let file as String in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for match in text.matches(of: /"([a-z]+(?:-[a-z0-9]+)+)"/) { ids.insert(String(match.1)) }
    }
    return ids.subtracting(words)
  }

  @Test(arguments: ["COCO", "Importing"])
  func `every rule that a reader raises is listed`(_ target: String) throws {
    let raised = try Self.raised(in: target)
    #expect(raised.contains("malformed-file"))
    let listed = Set(Rules.all.map { $0.id }).union(Self.awaited)
    #expect(raised.subtracting(listed).sorted() == [])
  }

  @Test func `every rule that is said to be raised by readers is raised by one`() throws {
    let raised = try Self.raised(in: "COCO").union(Self.raised(in: "Importing"))
    let listed = Rules.all.filter { $0 is any ReadingRule.Type }.map { $0.id }
    #expect(Set(listed).subtracting(raised).sorted() == [])
  }
}
