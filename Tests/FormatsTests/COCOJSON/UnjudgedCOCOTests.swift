import COCO
import Formats
import TestSupport
import Testing

@Suite struct UnjudgedCOCOTests {
  private func read(_ change: (inout COCOFixture) -> Void) async throws -> Imported {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.write(COCOFixture.text(change), to: "instances.json")
    return try await folder.readUnjudged("coco", ["instances.json"])
  }

  @Test(arguments: [
    #""image_id": 1, "category_id": 1, "bbox": [20, 5, -10, 4]"#,
    #""image_id": 1, "category_id": 1, "bbox": [20, NaN, 10, 4]"#,
    #""image_id": 1, "category_id": 1, "bbox": [20, 5, 0, 4]"#,
    #""image_id": 1, "category_id": 1, "bbox": [40, 5, 10, 4]"#,
    #""image_id": 1, "category_id": 1, "bbox": [30, 5, 10, 4]"#,
    #""image_id": 1, "category_id": 1, "bbox": [1, 1, 2, 2], "area": Infinity"#,
    #""image_id": 1, "category_id": 1, "segmentation": [[1, 1, 5, 1, NaN, 5]]"#,
    #""image_id": 1, "category_id": 1, "segmentation": [[1, 1, 5, 1, 5, 5]]"#,
    #""image_id": 7, "category_id": 1, "bbox": [1, 1, 2, 2]"#,
    #""image_id": 1, "category_id": 7, "bbox": [1, 1, 2, 2]"#,
    #""image_id": 1, "category_id": 1, "bbox": [1, 1, 2, 2], "iscrowd": 2"#,
  ])
  func `an odd annotation is taken over without a word`(members: String) async throws {
    let imported = try await read { $0.annotations = [#"{"id": 3, \#(members)}"#] }
    #expect(imported.allRules == [])
    #expect(try imported.whole.annotations.map(\.id) == [3])
  }

  @Test func `an annotation without box, outline and keypoints is no record`() async throws {
    let imported = try await read {
      $0.annotations = [#"{"id": 3, "image_id": 1, "category_id": 1}"#]
    }
    #expect(imported.rejections.map(\.finding.rule) == ["missing-field"])
    #expect(imported.isAccountedFor)
  }

  @Test func `ids that stand twice and a category 0 are taken over without a word`() async throws {
    let imported = try await read {
      $0.images += $0.images
      $0.annotations += $0.annotations
      $0.categories = [COCOFixture.category(0, "palm"), COCOFixture.category(0, "crab")]
    }
    #expect(imported.allRules == [])
    #expect(try imported.whole.categories.map(\.id) == [0, 0])
  }

  @Test func `what the file leaves out is not filled in`() async throws {
    let imported = try await read {
      $0.annotations = [
        #"{"id": 1, "image_id": 1, "category_id": 1, "segmentation": [[1, 1, 5, 1, 5, 5]]}"#
      ]
      $0.categories = [#"{"id": 1, "name": "crab"}"#]
    }
    let annotation = try imported.whole.annotations[0]
    #expect(annotation.box == nil && annotation.area == nil && annotation.isCrowd == nil)
    #expect(!annotation.isChanged)
    #expect(try imported.whole.categories[0].supercategory == nil)
    #expect(imported.changes.isEmpty)
  }

  @Test(arguments: [
    (#""width": 64, "height": 24"#, 64, 24), (#""width": 0, "height": -1"#, 0, -1),
    (#""height": 24"#, 0, 24), (#""width": null, "height": 24"#, 0, 24),
  ])
  func `an image keeps the size that the file gives`(
    size: String, width: Int, height: Int
  ) async throws {
    let imported = try await read { $0.images = [#"{"id": 1, "file_name": "a.png", \#(size)}"#] }
    #expect(imported.allRules == [])
    #expect(try imported.whole.images.map { [$0.width, $0.height] } == [[width, height]])
  }

  @Test func `a picture that is not there is reported at its name`() async throws {
    let imported = try await read { $0.images.append(COCOFixture.image(2, "b.png")) }
    #expect(imported.findings.map(\.rule) == ["missing-image-file"])
    #expect(imported.findings.map(\.field) == [.fileName])
  }
}
