import COCO
import Files
import Formats
import TestSupport
import Testing

/// Files with COCO's keys that are not COCO's instances.
@Suite struct COCODialectTests {
  private func read(_ text: String, judging: Bool = true) async throws -> Imported {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "in.json")
    return try await folder.read("coco", ["in.json"]) { $0.judgesRecords = judging }
  }

  @Test(arguments: [
    ("http://images.cocodataset.org/train2017/000000391895.jpg", "train2017/000000391895.jpg"),
    ("https://x.org/a/b/c/d.png?size=2", "c/d.png"), ("https://x.org/e.png", "e.png"),
    ("val2017/f.jpg", "val2017/f.jpg"),
  ])
  func `LVIS's images have the names of their addresses`(
    address: String, name: String
  ) async throws {
    let text = COCOFixture.text {
      $0.images = [
        #"{"id": 1, "coco_url": "\#(address)", "width": 32, "height": 24, "neg_category_ids": [2]}"#
      ]
    }
    let imported = try await read(text)
    #expect(try imported.whole.images.map(\.fileName) == [name])
    #expect(try imported.whole.images[0].extra["neg_category_ids"] == [2])
    #expect(imported.allRules == [])
    #expect(imported.changes.keys.sorted() == ["file_name taken from coco_url"])
    let judged = try await read(text, judging: false)
    #expect(judged.findings.map { "\($0.severity) \($0.rule)" } == ["warning missing-field"])
  }

  @Test(arguments: [
    (#"{"file_name": "a.png", "image_id": 1, "segments_info": [{"id": 7}]}"#, "panoptic"),
    (#"{"image_id": 1, "segments_info": []}"#, "segments_info"),
    (#"{"id": 1, "video_id": 1, "category_id": 1, "bboxes": [[1, 1, 2, 2], null]}"#, "videos"),
  ])
  func `a file of another task says what it is, once, and nothing is made of it`(
    annotation: String, word: String
  ) async throws {
    for judging in [true, false] {
      let imported = try await read(
        COCOFixture.text { $0.annotations = [annotation, annotation] }, judging: judging)
      #expect(imported.findings.map(\.kind) == [.notInstances])
      #expect(imported.findings[0].message.contains(word))
      #expect(imported.datasets.isEmpty && imported.rejections.isEmpty)
    }
  }

  @Test(arguments: ["coco", "dataset", "data"])
  func `a dataset within a key is named by it`(key: String) async throws {
    let imported = try await read("{\"version\": 1, \"\(key)\": \(COCOFixture.text())}")
    #expect(imported.findings.map(\.kind) == [.notInstances])
    #expect(imported.findings[0].message.contains("\"\(key)\""))
  }

  @Test(arguments: [
    (#"{"result": {"coco": TEXT}}"#, "\"result.coco\""), ("[TEXT]", "a list around such an object"),
  ])
  func `a dataset further within is named, too`(
    around: String, words: String
  ) async throws {
    let imported = try await read(around.replacing("TEXT", with: COCOFixture.text()))
    #expect(imported.findings.map(\.kind) == [.notInstances])
    #expect(imported.findings[0].message.contains(words))
  }

  @Test(arguments: [true, false], [true, false])
  func `UTF-16 is named, with a mark or without`(isLittle: Bool, isMarked: Bool) async throws {
    let folder = try TemporaryFolder()
    let units = (isMarked ? [0xFEFF] : []) + Array(COCOFixture.text().utf16)
    try folder.write(
      units.flatMap { unit in
        let (low, high) = (UInt8(unit & 0xFF), UInt8(unit >> 8))
        return isLittle ? [low, high] : [high, low]
      }, to: "in.json")
    let input = try InputTree(folder.path + "/in.json")
    #expect(Format.coco.evidence(in: input)?.reason.contains("another encoding") == true)
    let imported = try await folder.read("coco", ["in.json"])
    #expect(imported.findings.map(\.kind) == [.unsupportedEncoding])
    #expect(imported.findings[0].message.contains(isLittle ? "little" : "big"))
  }

  @Test(arguments: [
    (["captions_a", "instances_a", "person_keypoints_a", "panoptic_a"], ["a"], 3),
    (["captions_a", "person_keypoints_a"], ["a"], 1),
    (["instances_a", "stuff_a", "captions_b"], ["b", "a"], 1),
    (["instances_a", "instances_b"], ["a", "b"], 0),
  ])
  func `of COCO's own folder each split is read once`(
    stems: [String], splits: [String], left: Int
  ) async throws {
    let folder = try TemporaryFolder()
    for stem in stems { try folder.write(COCOFixture.text(), to: "annotations/\(stem).json") }
    let imported = try await folder.read("coco", ["annotations"])
    #expect(imported.datasets.map { $0.split ?? "a" } == splits)
    let note = imported.notes.first { $0.hasPrefix("left unread: ") }
    #expect(note?.ranges(of: ".json").count ?? 0 == left)
  }

  @Test func `categories that stand again are one, with a note`() async throws {
    let imported = try await read(
      COCOFixture.text {
        $0.categories += [
          COCOFixture.category(2, "palm"), COCOFixture.category(1, "crab"),
          COCOFixture.category(2, "palm"), COCOFixture.category(1, "crab"),
        ]
      })
    #expect(try imported.whole.classes == ["crab", "palm"])
    #expect(imported.allRules == [])
    #expect(imported.notes.contains { $0.contains("3 of 5 categories") })
  }

  @Test(arguments: ["9223372036854775808", "36893488147419103233", "18446744073709551615"])
  func `ids beyond 64 bits belong together`(id: String) async throws {
    let imported = try await read(
      COCOFixture.text {
        $0.images.append(
          COCOFixture.image(2, "b.png").replacing("\"id\": 2", with: "\"id\": \(id)"))
        $0.annotations = [
          COCOFixture.annotation(1).replacing("\"image_id\": 1", with: "\"image_id\": \(id)")
        ]
      })
    let dataset = try imported.whole
    #expect(dataset.annotations.map(\.imageID) == [dataset.images[1].id])
    #expect(imported.allRules == [])
    #expect(imported.changes["id beyond 64 bits given another number"]?.annotations == 1)
  }
}
