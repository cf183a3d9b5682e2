import COCO
import Formats
import TestSupport
import Testing

/// COCO's own folder, which has files of several tasks for the same pictures.
@Suite struct COCOTaskTests {
  /// Two splits of two pictures: a person and a dog, the person's keypoints, captions whose ids are
  /// those of objects.
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for split in ["train2017", "val2017"] {
      let images = [COCOFixture.image(1, "\(split)1.png"), COCOFixture.image(2, "\(split)2.png")]
      let people = #"{"id": 1, "name": "person", "keypoints": ["nose"], "supercategory": ""}"#
      func write(_ task: String, _ change: (inout COCOFixture) -> Void) throws {
        try folder.write(
          COCOFixture.text {
            $0.images = images
            change(&$0)
          }, to: "annotations/\(task)_\(split).json")
      }
      try write("instances") {
        $0.annotations = [
          COCOFixture.annotation(1), COCOFixture.annotation(2, image: 2, category: 18),
        ]
        $0.categories = [COCOFixture.category(1, "person"), COCOFixture.category(18, "dog")]
      }
      try write("person_keypoints") {
        $0.annotations = [
          COCOFixture.annotation(1).dropLast() + #", "keypoints": [11, 6, 2], "num_keypoints": 1}"#
        ].map(String.init)
        $0.categories = [people]
      }
      try write("captions") {
        $0.annotations = [
          #"{"id": 1, "image_id": 1, "caption": "one"}"#,
          #"{"id": 7, "image_id": 2, "caption": "two"}"#,
        ]
        $0.categories = []
      }
    }
    return folder
  }

  @Test(arguments: [
    (nil, 2, "person_keypoints_train2017.json, person_keypoints_val2017.json have keypoints"),
    ([COCOTask.keypoints], 1, "have instances (--task instances reads them)"),
    ([.captions], 2, "have keypoints (--task keypoints reads them)"),
  ])
  func `one task is read, and what is left unread is said`(
    tasks: [COCOTask]?, annotations: Int, note: String
  ) async throws {
    let imported = try await folder().read("coco") { $0.cocoTasks = tasks }
    #expect(imported.datasets.map(\.split) == ["train2017", "val2017"])
    #expect(imported.datasets.map(\.images.count) == [2, 2])
    #expect(imported.datasets.map(\.annotations.count) == [annotations, annotations])
    #expect(imported.read == RecordCounts(images: 4, annotations: 2 * annotations))
    #expect(imported.notes.filter { $0.contains("left unread: ") }.count == 1)
    #expect(imported.notes.contains { $0.contains(note) })
    #expect(imported.allRules.isEmpty)
  }

  @Test func `several tasks of a picture are joined`() async throws {
    let imported = try await folder().read("coco") {
      $0.cocoTasks = [.instances, .keypoints, .captions]
    }
    #expect(imported.datasets.map(\.split) == ["train2017", "val2017"])
    let dataset = imported.datasets[0]
    #expect(dataset.fileNames == ["train20171.png", "train20172.png"])
    #expect(dataset.annotations.map(\.id) == [1, 2, 8, 7])
    #expect(dataset.annotations.map(\.categoryID) == [1, 18, nil, nil])
    #expect(dataset.annotations[0].keypoints == [11, 6, 2])
    #expect(dataset.annotations[0].extra["num_keypoints"] == 1)
    #expect(dataset.annotations[1].keypoints == nil)
    #expect(dataset.annotations[2].extra["caption"] == "one")
    #expect(dataset.annotations.map(\.isChanged) == [false, false, true, false])
    #expect(dataset.categories.map(\.id) == [1, 18])
    #expect(dataset.categories[0].extra["keypoints"] == ["nose"])
    #expect(imported.read == RecordCounts(images: 4, annotations: 8))
    #expect(imported.notes.contains { $0.hasSuffix("count once: 2 images, 1 annotations") })
    #expect(imported.allRules.isEmpty)
  }

  @Test func `files that are named are joined as well`() async throws {
    let imported = try await folder().read(
      "coco", ["annotations/captions_val2017.json", "annotations/instances_val2017.json"])
    #expect(try imported.whole.annotations.map(\.categoryID) == [1, 18, nil, nil])
  }

  @Test func `pictures and categories are the same by their names`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      COCOFixture.text {
        $0.images = [COCOFixture.image(1, "a.png"), COCOFixture.image(2, "b.png")]
      }, to: "instances_a.json")
    try folder.write(
      COCOFixture.text {
        $0.images = [COCOFixture.image(1, "b.png"), COCOFixture.image(2, "c.png")]
        $0.annotations = [
          COCOFixture.annotation(1, category: 1), COCOFixture.annotation(5, image: 2, category: 2),
        ]
        $0.categories = [COCOFixture.category(1, "palm"), COCOFixture.category(2, "crab")]
      }, to: "person_keypoints_a.json")
    let dataset = try await folder.read("coco") { $0.cocoTasks = [.instances, .keypoints] }.whole
    #expect(dataset.fileNames == ["a.png", "b.png", "c.png"])
    #expect(dataset.images.map(\.id) == [1, 2, 3])
    #expect(dataset.categories.map { "\($0.id) \($0.name)" } == ["1 crab", "3 palm"])
    let facts = dataset.annotations.map { [$0.id, $0.imageID, $0.categoryID ?? 0] }
    #expect(facts == [[1, 1, 1], [6, 2, 3], [5, 3, 1]])
  }

  @Test func `panoptic files are named as not read`() async throws {
    let folder = try folder()
    try folder.write(COCOFixture.text(), to: "annotations/panoptic_val2017.json")
    let imported = try await folder.read("coco")
    #expect(imported.notes.contains { $0.contains("in PNG files are not read") })
  }
}
