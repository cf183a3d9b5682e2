import COCO
import Datasets
import Files
import Formats
import Foundation
import TestSupport
import Testing

/// One fault of a COCO file is one finding, and nothing that only follows from it is another.
@Suite struct ReportedFaultTests {
  private static let images = [1, 2].map {
    #"{"id": \#($0), "file_name": "p\#($0).jpg", "width": 200, "height": 160}"#
  }
  private static let categories = [
    #"{"id": 1, "name": "bolt", "supercategory": ""}"#,
    #"{"id": 2, "name": "nut", "supercategory": ""}"#,
  ]

  private static func object(_ id: Int) -> String {
    #"{"id": \#(id), "image_id": \#(id), "category_id": \#(id), "#
      + #""bbox": [20, 30, 60, 40], "area": 2400, "iscrowd": 0}"#
  }

  /// What is found in the set once `old` is `new` in it, information and pictures apart.
  private func findings(_ old: String, _ new: String) async throws -> [Finding] {
    let folder = try TemporaryFolder()
    let text =
      "{\"images\": [\n\(Self.images.joined(separator: ",\n"))],\n\"annotations\": [\n"
      + [Self.object(1), Self.object(2)].joined(separator: ",\n")
      + "],\n\"categories\": [\n\(Self.categories.joined(separator: ",\n"))]}\n"
    #expect(text.contains(old))
    try folder.write(text.replacing(old, with: new), to: "in.json")
    return try await DatasetLinter().lint(folder.path("in.json")).findings.filter {
      $0.kind != .rareCategory && $0.kind != .categoryImbalance
    }
  }

  @Test(arguments: [
    ("\"file_name\": \"p2.jpg\"", "\"file_name\": \"p\t2.jpg\"", FaultKind.malformedValue),
    ("\"file_name\": \"p2.jpg\"", "\"file_name\": 7", .malformedValue),
    ("\"file_name\": \"p2.jpg\", ", "", .missingField),
    ("\"file_name\": \"p2.jpg\"", "\"file_name\": \"p2.jpg", .malformedFile),
    ("\"name\": \"nut\", ", "", .missingField),
    ("\"name\": \"nut\"", "\"name\": []", .malformedValue),
    ("\"name\": \"nut\"", "\"name\": \"nut\u{1}\"", .malformedValue),
    ("\"image_id\": 2, \"category_id\": 2", "\"image_id\": 2", .missingField),
    ("\"category_id\": 2", "\"category_id\": \"nut\"", .nonIntegerID),
    ("\"category_id\": 2", "\"category_id\": [2]", .malformedValue),
    ("\"category_id\": 2, \"bbox\": [20, 30, 60, 40]", "\"category_id\": 2", .missingField),
    ("2, \"bbox\": [20, 30, 60, 40]", "2, \"bbox\": \"20 30\"", .malformedValue),
    ("2, \"bbox\": [20, 30, 60, 40]", "2, \"bbox\": [20, 30, 60", .malformedFile),
    (
      "2, \"bbox\": [20, 30, 60, 40], \"area\": 2400",
      "2, \"bbox\": [20, 30, 60, 40], \"area\": {}",
      .malformedValue
    ),
  ])
  func `a fault is reported once`(old: String, new: String, kind: FaultKind) async throws {
    let found = try await findings(old, new)
    #expect(found.map(\.kind) == [kind], "\(found.map(\.message))")
  }

  @Test func `a sound set has no finding`() async throws {
    #expect(try await findings("p1.jpg", "p1.jpg").isEmpty)
  }

  @Test func `an annotation goes with the image that is left out, which is reported once`()
    async throws
  {
    let folder = try TemporaryFolder()
    let text =
      "{\"images\": [\(Self.images[0]), {\"id\": 2}], \"annotations\": [\(Self.object(1)), "
      + "\(Self.object(2))], \"categories\": [\(Self.categories.joined(separator: ","))]}"
    try folder.write(text, to: "in.json")
    let imported = try await DatasetReader().read(folder.path("in.json"))
    #expect(imported.rejections.map(\.kind) == [.image, .annotation])
    #expect(imported.allFindings.map(\.kind) == [.missingField])
    #expect(imported.datasets.map(\.annotations.count) == [1])
  }
}
