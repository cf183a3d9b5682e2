import COCO
import Formats
import TestSupport
import Testing

@Suite struct COCORecordFaultTests {
  private func read(
    _ text: String, _ change: (inout ImportOptions) -> Void = { _ in }
  ) async throws -> Imported {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.write(text, to: "instances.json")
    return try await folder.read("coco", ["instances.json"], change)
  }

  private func read(annotation: String) async throws -> Imported {
    try await read(COCOFixture.text { $0.annotations = [annotation] })
  }

  @Test(arguments: [
    (#"{"id": 1, "category_id": 1, "bbox": [1, 2, 3, 4]}"#, "missing-field"),
    (#"{"id": 1, "image_id": 1, "category_id": 1}"#, "missing-field"),
    (#"{"id": 1, "image_id": 1, "category_id": 1, "bbox": []}"#, "missing-field"),
    (#"{"id": 1, "image_id": 1, "category_id": 1, "keypoints": [1, 2, 2]}"#, "missing-field"),
    (#"{"id": 1, "image_id": 1, "category_id": 1, "segmentation": []}"#, "missing-field"),
    (#"{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, -3, 4]}"#, "inverted-box"),
    (#"{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, "w", 4]}"#, "malformed-value"),
    (#"{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, NaN, 4]}"#, "non-finite-box"),
    (#"{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, null, 4]}"#, "non-finite-box"),
    (#"{"id": 1, "image_id": 2, "category_id": 1, "bbox": [1, 2, 3, 4]}"#, "unknown-image"),
    (#"{"id": 1, "image_id": 1, "category_id": 2, "bbox": [1, 2, 3, 4]}"#, "unknown-category"),
    (#"{"id": 1, "image_id": 1, "bbox": [1, 2, 3, 4], "area": 12}"#, "missing-field"),
    (#"{"id": 1, "image_id": 1, "segmentation": [[1, 2, 3, 4, 5, 6]]}"#, "missing-field"),
    (
      #"{"id": 1, "image_id": 1, "category_id": 1, "segmentation": [[1, 2, null, 4, 5, 6]]}"#,
      "malformed-value"
    ),
    ("[1, 2]", "malformed-value"),
  ])
  func `a bad annotation is rejected alone`(annotation: String, rule: String) async throws {
    let imported = try await read(
      COCOFixture.text {
        $0.annotations = [COCOFixture.annotation(5), annotation, COCOFixture.annotation(6)]
      })
    #expect(imported.allRules == [rule])
    #expect(try imported.whole.annotations.map(\.id) == [5, 6])
    #expect(imported.rejections.map(\.kind) == [.annotation])
    #expect(imported.isAccountedFor)
  }

  @Test(arguments: [
    ("[1, 2, 0, 4]", "zero-area-box"), ("[33, 2, 3, 4]", "box-outside-image"),
    ("[30, 2, 3, 4]", "box-past-edge"),
  ])
  func `an odd box is written and reported`(box: String, rule: String) async throws {
    let imported = try await read(
      annotation: COCOFixture.annotation(1).replacing("[10, 5, 20, 15]", with: box))
    #expect(imported.allRules == [rule])
    #expect(try imported.whole.annotations.count == 1)
  }

  @Test func `safe fixes put a negative width in order, and its area with it`() async throws {
    let text = COCOFixture.text {
      $0.annotations = [
        #"{"id": 1, "image_id": 1, "category_id": 1, "bbox": [20, 5, -10, 4], "iscrowd": 0}"#
      ]
    }
    let annotation = try await read(text) { $0.appliesSafeFixes = true }.whole.annotations[0]
    #expect(annotation.box == Box(x: 10, y: 5, width: 10, height: 4))
    #expect(annotation.area == 40)
  }
}
