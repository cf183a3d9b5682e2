import COCO
import Files
import Formats
import TestSupport
import Testing

@Suite struct COCOImporterTests {
  @Test(arguments: [
    "a.png", "images/a.png", "train2017/a.png", "images/train2017/a.png", "../train2017/a.png",
    "../images/train2017/a.png", "../images/a.png", "../a.png",
  ])
  func `pictures are found where COCO's layouts have them`(picture: String) async throws {
    let folder = try TemporaryFolder()
    try folder.picture(Path.normalized("set/annotations/\(picture)"), width: 40, height: 30)
    try folder.write(COCOFixture.text(), to: "set/annotations/instances_train2017.json")
    let imported = try await folder.read("coco", ["set/annotations/instances_train2017.json"])
    #expect(imported.allRules == ["image-size-mismatch"])
    #expect(try imported.whole.images[0].width == 40)
    #expect(
      imported.imageFolders[""]
        == Path.folder(of: Path.normalized("\(folder.path)/set/annotations/\(picture)")))
  }

  @Test func `without pictures sizes are the file's, and that is noted`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(COCOFixture.text(), to: "instances.json")
    let imported = try await folder.read("coco")
    #expect(imported.allRules.isEmpty)
    #expect(imported.notes.count == 1)
    #expect(imported.notes[0].contains("--images"))
    #expect(imported.imageFolders[""] == nil)
  }

  @Test func `one picture that is missing does not hide the others`() async throws {
    let folder = try TemporaryFolder()
    try folder.picture("b.png")
    try folder.write(
      COCOFixture.text {
        $0.images = [COCOFixture.image(1, "a.png"), COCOFixture.image(2, "b.png")]
      }, to: "instances.json")
    let imported = try await folder.read("coco")
    #expect(
      imported.lines(below: folder.path)
        == ["instances.json:2:1: error missing-image-file: no file a.png"])
  }

  @Test func `pictures stand where the user says, also in a folder of the split`() async throws {
    let folder = try TemporaryFolder()
    try folder.picture("elsewhere/val/a.png")
    try folder.write(COCOFixture.text(), to: "annotations/instances_val.json")
    let imported = try await folder.read("coco", ["annotations"]) {
      $0.imagesFolder = folder.path + "/elsewhere"
    }
    #expect(imported.allRules.isEmpty)
    #expect(imported.imageFolders[""] == folder.path + "/elsewhere/val")
  }

  @Test func `a picture of no known size is reported`() async throws {
    let folder = try TemporaryFolder()
    let text = COCOFixture.text { $0.images = [#"{"id": 1, "file_name": "a.png"}"#] }
    try folder.write(text, to: "instances.json")
    let imported = try await folder.read("coco")
    #expect(imported.allRules == ["zero-image-size"])
    #expect(try imported.whole.images.count == 1)
  }

  @Test(arguments: [
    (["instances_train2017.json", "instances_val2017.json"], ["train2017", "val2017"]),
    (["person_keypoints_val.json", "captions_train.json"], ["train", "val"]),
    (["train/_annotations.coco.json", "valid/_annotations.coco.json"], ["train", "valid"]),
    (["a.json", "b.json"], ["a", "b"]),
    (["one/instances_train.json", "two/instances_train.json"], ["one_train", "two_train"]),
    (["x/one/a.json", "y/one/a.json", "z/b.json"], ["one_a", "one_a_2", "b"]),
  ])
  func `each file is a split of its own`(files: [String], splits: [String]) async throws {
    let folder = try TemporaryFolder()
    for file in files { try folder.write(COCOFixture.text(), to: file) }
    try folder.write("{\"author\": \"Ada\"}", to: "notes.json")
    let imported = try await folder.read("coco")
    #expect(imported.datasets.compactMap(\.split) == splits)
    #expect(imported.isAccountedFor)
  }

  @Test func `findings have the place of the record or value`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      {"images": [
        {"id": 1, "file_name": "ä.png", "width": 32, "height": 24}, {"id": 1, "file_name": "b.png"}
      ],
      "annotations": [
        {"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4, 5]},
        {"id": 2, "image_id": 9, "category_id": 1, "bbox": [1, 2, 3, 4], "iscrowd": 0, "area": 12}
      ],
      "categories": [{"id": 1, "name": "crab"}, {"id": 1, "name": "palm"}]}
      """, to: "instances.json")
    let imported = try await folder.read("coco")
    #expect(
      Set(imported.lines(below: folder.path)) == [
        "instances.json:2:63: error duplicate-image-id: another image also has the id 1",
        "instances.json:2:63: error zero-image-size: expected a width and height, found 0×0 and no "
          + "image file",
        "instances.json:5:54: error malformed-value: bbox: expected 4 numbers, found 5",
        "instances.json:6:3: error unknown-image: no image has the id 9",
        "instances.json:8:43: error duplicate-category-id: another category also has the id 1",
      ])
    #expect(imported.isAccountedFor)
  }

  @Test func `the sample's truth is clean`() async throws {
    let imported = try await Imported.read("coco", [Samples.path("expected.json")]) {
      $0.imagesFolder = Samples.path("voc/JPEGImages")
    }
    #expect(imported.allRules.isEmpty)
    #expect(imported.changes.isEmpty)
    #expect(try imported.whole.annotations.count == 54)
    #expect(imported.isAccountedFor)
  }

  @Test func `the number of threads changes nothing`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      COCOFixture.text { fixture in
        fixture.annotations = (1...40000).map { id in
          COCOFixture.annotation(id, image: id.isMultiple(of: 1000) ? 2 : 1)
        }
      }, to: "instances.json")
    let one = try await folder.read("coco")
    let two = try await folder.read("coco") { $0.tasks = OrderedTasks(threads: 2) }
    #expect(one.datasets == two.datasets)
    #expect(one.rejections == two.rejections)
    #expect(one.rejections.count == 40)
    #expect(one.isAccountedFor)
  }

  @Test func `a file that cannot be opened ends the run`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(COCOFixture.text(), to: "a.json")
    let tree = try InputTree(folder.path + "/a.json")
    try folder.remove("a.json")
    let importer = try #require(Format.coco.importer)
    await #expect(throws: FileError.self) {
      _ = try await importer.init(ImportOptions()).read([tree])
    }
  }
}
