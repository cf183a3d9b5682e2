import COCO
import Files
import Formats
import TestSupport
import Testing

@Suite struct COCORepairTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func read(
    judging: Bool = false, _ change: (inout COCOFixture) -> Void
  ) async throws -> Imported {
    try folder.picture("a.png")
    try folder.write(COCOFixture.text(change), to: "instances.json")
    return try await folder.read("coco", ["instances.json"]) { $0.judgesRecords = judging }
  }

  /// A way to write a value that is read all the same.
  struct Variant: Sendable, CustomTestStringConvertible {
    var value: String
    var variant: String
    var rule: String
    var replacement: String
    var isSafe = true
    var testDescription: String { variant }

    /// The file's text with the value written so.
    func change(_ fixture: inout COCOFixture) {
      fixture.images = fixture.images.map { $0.replacing(value, with: variant) }
      fixture.annotations = fixture.annotations.map { $0.replacing(value, with: variant) }
      fixture.categories = fixture.categories.map { $0.replacing(value, with: variant) }
    }
  }

  static let variants = [
    Variant(
      value: #""image_id": 1"#, variant: #""image_id": "1""#, rule: "non-integer-id",
      replacement: #""1" → 1"#),
    Variant(
      value: #""category_id": 1"#, variant: #""category_id": "01""#, rule: "non-integer-id",
      replacement: #""01" → 1"#),
    Variant(
      value: #""iscrowd": 0"#, variant: #""iscrowd": false"#, rule: "bad-iscrowd",
      replacement: "false → 0"),
    Variant(
      value: #""iscrowd": 0"#, variant: #""iscrowd": "1""#, rule: "bad-iscrowd",
      replacement: #""1" → 1"#),
    Variant(
      value: #""width": 32"#, variant: #""width": "32""#, rule: "malformed-value",
      replacement: #""32" → 32"#),
    Variant(
      value: #""width": 32"#, variant: #""width": 31.8"#, rule: "malformed-value",
      replacement: "31.8 → 32", isSafe: false),
    Variant(
      value: #""name": "crab""#, variant: #""name": 5"#, rule: "malformed-value",
      replacement: #"5 → "5""#),
  ]

  @Test(arguments: variants)
  func `a value that is read in spite of how it is written is reported with a fix`(
    variant: Variant
  ) async throws {
    let imported = try await read(variant.change)
    #expect(imported.allRules == [variant.rule])
    #expect(imported.findings[0].fixes.map(\.isSafe) == [variant.isSafe])
    #expect(try imported.replacements() == [variant.replacement])
    #expect(try imported.whole.annotations.map(\.imageID) == [1])
  }

  @Test func `its place is that of the value`() async throws {
    let imported = try await read {
      $0.annotations = [
        COCOFixture.annotation(1)
          .replacing(#""image_id": 1"#, with: #""image_id": "1""#)
      ]
    }
    let finding = try #require(imported.findings.first)
    var finder = PlaceFinder(imported.sources)
    let place = try finder.place(of: #require(finding.origin))
    #expect(place.line == 5)
    #expect(place.column == 23)
    #expect(finding.field == nil)
    #expect(finding.message == #"image_id: expected a whole number, found "1""#)
  }

  @Test(arguments: variants.filter { $0.rule != "malformed-value" })
  func `a conversion counts it and says nothing`(variant: Variant) async throws {
    let imported = try await read(judging: true, variant.change)
    #expect(imported.allRules == [])
    #expect(!imported.changes.isEmpty)
  }

  @Test func `ids that are words get numbers of their own wherever they stand`() async throws {
    let imported = try await read {
      $0.images.append(
        COCOFixture.image(2, "a.png").replacing(#""id": 2"#, with: #""id": "beach""#))
      $0.annotations = [
        #"{"id": "first", "image_id": "beach", "category_id": "palm", "bbox": [1, 1, 2, 2]}"#
      ]
    }
    #expect(imported.allRules == Array(repeating: "non-integer-id", count: 4))
    #expect(
      try imported.replacements() == [
        #""beach" → 2"#, #""first" → 1"#, #""beach" → 2"#, #""palm" → 2"#,
      ])
    #expect(imported.findings.allSatisfy { !$0.fixes[0].isSafe })
    #expect(try imported.whole.annotations.map(\.imageID) == [2])
  }

  @Test func `an annotation without id is reported with the number that it was given`()
    async throws
  {
    let imported = try await read {
      $0.annotations = [
        #"{"id": 8, "image_id": 1, "category_id": 1}"#, COCOFixture.annotation(4),
        #"{"image_id": 1, "category_id": 1, "bbox": [1, 1, 2, 2]}"#,
      ]
    }
    #expect(imported.rejections.count == 1)
    let finding = try #require(imported.findings.first)
    #expect(finding.rule == "missing-field" && finding.severity == .warning)
    #expect(finding.record == RecordReference(.annotation, 1))
    #expect(finding.field == .id)
    #expect(finding.fixes.map(\.edits) == [[.setID(9)]])
    #expect(try imported.whole.annotations[1].id == 9)
  }
}
