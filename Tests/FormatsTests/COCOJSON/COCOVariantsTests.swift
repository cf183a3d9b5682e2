import COCO
import Formats
import TestSupport
import Testing

@Suite struct COCOVariantsTests {
  private func read(
    _ text: String, _ change: (inout ImportOptions) -> Void = { _ in }
  ) async throws -> Imported {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.write(text, to: "instances.json")
    return try await folder.read("coco", ["instances.json"], change)
  }

  @Test func `a file as published is taken over as it is`() async throws {
    let text = COCOFixture.text { fixture in
      fixture.more = #""info": {"year": 2017}, "licenses": [{"id": 4}], "extra": [1, null], "#
      fixture.images = [
        #"{"license": 4, "file_name": "a.png", "coco_url": "http://x", "height": 24, "width": 32, "id": 397133}"#
      ]
      fixture.annotations = [
        #"{"segmentation": [[1.5,2,9,2,9,9]], "area": 30.25, "iscrowd": 0, "image_id": 397133, "bbox": [1.5,2,7.5,7], "category_id": 18, "id": 1768}"#,
        #"{"segmentation": {"counts": [0, 768], "size": [24, 32]}, "area": 768, "iscrowd": 1, "image_id": 397133, "bbox": [0,0,32,24], "category_id": 18, "id": 900100}"#,
        #"{"keypoints": [1, 2, 2], "num_keypoints": 1, "area": 4, "iscrowd": 0, "image_id": 397133, "bbox": [0,0,2,2], "category_id": 18, "id": 3, "score": 0.5}"#,
      ]
      fixture.categories = [
        #"{"supercategory": "animal", "id": 18, "name": "dog", "skeleton": [[1, 2]]}"#
      ]
    }
    let imported = try await read(text)
    let dataset = try imported.whole
    #expect(imported.allRules.isEmpty)
    #expect(imported.changes.isEmpty)
    #expect(imported.notes.isEmpty)
    #expect(dataset.info == ["year": 2017])
    #expect(dataset.extra == ["extra": [1, .null]])
    #expect(dataset.images[0].id == 397133)
    #expect(dataset.images[0].extra == ["license": 4, "coco_url": "http://x"])
    #expect(dataset.annotations.map(\.id) == [1768, 900100, 3])
    #expect(dataset.annotations[0].area == 30.25)
    #expect(
      dataset.annotations[0].segmentation == .polygons(Polygons([[1.5, 2, 9, 2, 9, 9]])))
    #expect(
      dataset.annotations[1].segmentation
        == .runLengths(RunLengthMask(height: 24, width: 32, counts: [0, 768])))
    #expect(dataset.annotations[2].keypoints == [1, 2, 2])
    #expect(dataset.annotations[2].extra == ["num_keypoints": 1, "score": 0.5])
    #expect(dataset.categories[0].extra == ["skeleton": [[1, 2]]])
    #expect(imported.imageFolders[""].map { $0.hasPrefix("/") } == true)
  }

  @Test func `captions need no category and no box`() async throws {
    let text = COCOFixture.text { fixture in
      fixture.annotations = [#"{"image_id": 1, "id": 1, "caption": "a beach"}"#]
      fixture.categories = []
    }
    let imported = try await read(text)
    #expect(imported.allRules.isEmpty)
    #expect(try imported.whole.annotations[0].extra == ["caption": "a beach"])
    #expect(imported.notes.contains { $0.hasSuffix("contains captions and no objects") })
  }

  @Test func `what a file lacks is filled in`() async throws {
    let text = #"""
      {"images": [{"id": 1, "file_name": "a.png"}],
       "annotations": [{"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4]},
                       {"image_id": 1, "category_id": 1, "segmentation": [[0,0,4,0,4,4,0,4]]}],
       "categories": [{"id": 1, "name": "crab"}]}
      """#
    let imported = try await read(text)
    let dataset = try imported.whole
    #expect(imported.allRules.isEmpty)
    #expect([dataset.images[0].width, dataset.images[0].height] == [32, 24])
    #expect(dataset.annotations.map(\.id) == [1, 2])
    #expect(dataset.annotations.map(\.isCrowd) == [0, 0])
    #expect(dataset.annotations.map(\.area) == [12, 16])
    #expect(dataset.boxes == [[1, 2, 3, 4], [0, 0, 4, 4]])
    #expect(dataset.categories[0].supercategory == "")
    #expect(dataset.images.allSatisfy(\.isChanged) && dataset.annotations.allSatisfy(\.isChanged))
    #expect(
      imported.changes == [
        "size taken from the image file": RecordCounts(images: 1),
        "annotation without id given one": RecordCounts(annotations: 2),
        "area filled in": RecordCounts(annotations: 2),
        "iscrowd filled in": RecordCounts(annotations: 2),
        "bbox made from the outline": RecordCounts(annotations: 1),
      ])
  }

  @Test func `an annotation without id gets one that is free`() async throws {
    let imported = try await read(
      COCOFixture.text {
        $0.annotations = [
          COCOFixture.annotation(7),
          COCOFixture.annotation(1).replacing(#""id": 1, "#, with: ""),
        ]
      })
    #expect(try imported.whole.annotations.map(\.id) == [7, 8])
  }

  @Test func `ids may be written as text`() async throws {
    let text = #"""
      {"images": [{"id": "12", "file_name": "a.png", "width": 32, "height": 24}],
       "annotations": [{"id": "3", "image_id": "12", "category_id": "2", "bbox": [1, 2, 3, 4],
                        "area": 12, "iscrowd": 0}],
       "categories": [{"id": "2", "name": "crab"}]}
      """#
    let dataset = try await read(text).whole
    #expect(dataset.images[0].id == 12)
    #expect(dataset.annotations[0].imageID == 12)
    #expect(dataset.annotations[0].categoryID == 2)
    #expect(dataset.categories[0].id == 2)
  }

  @Test func `ids that are words are numbered`() async throws {
    let text = #"""
      {"images": [{"id": "beach", "file_name": "a.png", "width": 32, "height": 24}],
       "annotations": [{"id": "x", "image_id": "beach", "category_id": 1, "bbox": [1, 2, 3, 4],
                        "area": 12, "iscrowd": 0}],
       "categories": [{"id": 1, "name": "crab"}]}
      """#
    let imported = try await read(text)
    let dataset = try imported.whole
    #expect(imported.isAccountedFor)
    #expect(dataset.annotations.map(\.imageID) == dataset.images.map(\.id))
    #expect(dataset.annotations.count == 1)
  }

  @Test func `sizes may be written with decimals`() async throws {
    let imported = try await read(
      COCOFixture.text {
        $0.images = [#"{"id": 1, "file_name": "a.png", "width": 32.0, "height": 24.0}"#]
      })
    let image = try imported.whole.images[0]
    #expect([image.width, image.height] == [32, 24])
    #expect(!imported.allRules.contains("image-size-mismatch"))
  }

  @Test func `a category of id 0 is kept and reported`() async throws {
    let imported = try await read(
      COCOFixture.text {
        $0.categories = [COCOFixture.category(0, "crab"), COCOFixture.category(1, "palm")]
        $0.annotations = [COCOFixture.annotation(1, category: 0)]
      })
    #expect(imported.allRules == ["category-zero"])
    #expect(try imported.whole.annotations[0].categoryID == 0)
  }

  @Test(arguments: [false, true])
  func `Roboflow's root category is noted, and dropped if asked`(drops: Bool) async throws {
    var imported = try await read(
      COCOFixture.text {
        $0.categories = [
          COCOFixture.category(0, "beach", above: "none"),
          COCOFixture.category(1, "crab", above: "beach"),
        ]
      })
    #expect(imported.allRules == ["root-category"])
    #expect(imported.findings[0].severity == .information)
    var policy = CategoryPolicy()
    policy.dropsUnused = drops
    policy.apply(to: &imported, sortsByName: false)
    #expect(try imported.whole.classes == (drops ? ["crab"] : ["beach", "crab"]))
    #expect(try imported.whole.annotations[0].categoryID == 1)
  }

  @Test func `a list of results is no dataset`() async throws {
    let imported = try await read(
      #"[{"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "score": 0.5}]"#)
    #expect(imported.allRules == ["not-instances"])
    #expect(imported.findings[0].message.contains("results"))
  }

  @Test func `categories that are not listed are named by their ids`() async throws {
    let imported = try await read(
      COCOFixture.text {
        $0.categories = []
        $0.annotations = [
          COCOFixture.annotation(1, category: 7), COCOFixture.annotation(2, category: 3),
        ]
      })
    #expect(imported.allRules == ["missing-field"])
    #expect(try imported.whole.categories.map(\.id) == [3, 7])
    #expect(try imported.whole.classes == ["3", "7"])
    #expect(imported.isAccountedFor)
  }

  @Test func `true and false are a crowd's 1 and 0`() async throws {
    let imported = try await read(
      COCOFixture.text {
        $0.annotations = [
          COCOFixture.annotation(1).replacing(#""iscrowd": 0"#, with: #""iscrowd": true"#)
        ]
      })
    #expect(try imported.whole.annotations[0].isCrowd == 1)
    #expect(imported.changes.keys.first?.contains("iscrowd") == true)
  }
}
