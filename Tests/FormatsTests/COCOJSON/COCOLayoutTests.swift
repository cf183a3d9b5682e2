import COCO
import Files
import Formats
import TestSupport
import Testing

/// Where COCO files and their pictures lie, and the splits that this tells.
@Suite struct COCOLayoutTests {
  private func set(_ files: [String: [String]], pictures: [String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (path, names) in files {
      try folder.write(
        COCOFixture.text {
          $0.images = names.enumerated().map { COCOFixture.image($0 + 1, $1) }
          $0.annotations = names.indices.map { COCOFixture.annotation($0 + 1, image: $0 + 1) }
        }, to: path)
    }
    for picture in pictures { try folder.picture(picture) }
    return folder
  }

  @Test(arguments: [
    (["train/annotations.json", "val/annotations.json"], ["train", "val"]),
    (["train/labels.json", "valid/labels.json"], ["train", "val"]),
    (["train/coco.json", "test/other.json"], ["test", "train"]),
    (["train/_annotations.coco.json", "valid/_annotations.coco.json"], ["train", "valid"]),
    (["train/a.json", "train/b.json", "val/c.json"], ["a", "b", "val"]),
    (
      ["annotations/instances_train2017.json", "annotations/instances_val2017.json"],
      ["train2017", "val2017"]
    ),
  ])
  func `a file in the folder of a split is that split's`(
    paths: [String], splits: [String]
  ) async throws {
    let files = Dictionary(uniqueKeysWithValues: paths.map { ($0, ["\(Path.stem(of: $0)).png"]) })
    let imported = try await set(files, pictures: []).read("coco")
    #expect(imported.datasets.compactMap(\.split).sorted() == splits)
  }

  @Test(arguments: [
    ("annotations/custom_train.json", "train2017/a.png"), ("labels.json", "data/a.png"),
    ("annotations/instances.json", "images/one/a.png"), ("a/b/c.json", "d/e/f/a.png"),
    ("train/labels.json", "train/data/a.png"), ("export.json", "photos/a.png"),
  ])
  func `pictures are found below the folder that is read`(
    file: String, picture: String
  ) async throws {
    let folder = try set([file: ["a.png"]], pictures: [picture])
    let imported = try await folder.read("coco")
    #expect(imported.allRules.isEmpty)
    let found = Path.join(imported.imageFolders[""] ?? "", try imported.whole.fileNames[0])
    #expect(found == folder.path + "/" + picture)
  }

  @Test(arguments: [
    #"images\\a.png"#, "/home/ada/set/images/a.png", "file:///x/images/a.png",
    "https://example.org/files/a.png?token=1", "my%20images/a.png", #"C:\\set\\a.png"#,
  ])
  func `names written for another machine lead to the pictures, and are written anew`(
    name: String
  ) async throws {
    let folder = try set(["annotations.json": [name]], pictures: ["images/a.png"])
    let imported = try await folder.read("coco")
    let found = Path.join(imported.imageFolders[""] ?? "", try imported.whole.fileNames[0])
    #expect(found == folder.path + "/images/a.png")
    #expect(imported.changes["file_name written as the path of its file"]?.images == 1)
    let unjudged = try await folder.read("coco") { $0.judgesRecords = false }
    #expect(!unjudged.allRules.contains("missing-image-file"))
  }

  @Test func `backslashes become slashes also without pictures`() async throws {
    let imported = try await set(["a.json": [#"one\\two\\a.png"#]], pictures: []).read("coco")
    #expect(try imported.whole.fileNames == ["one/two/a.png"])
  }

  @Test func `that names are addresses is said`() async throws {
    let imported = try await set(["a.json": ["https://example.org/a.png"]], pictures: [])
      .read("coco")
    #expect(imported.notes.contains { $0.contains("addresses on the web") })
  }

  @Test func `pictures below the folder that the user names are found, and doubts reported`()
    async throws
  {
    let folder = try set(
      ["in/a.json": ["x.png", "y.png"]],
      pictures: ["pics/one/x.png", "pics/two/y.png", "pics/three/y.png"])
    let imported = try await folder.read("coco", ["in"]) {
      $0.imagesFolder = folder.path + "/pics"
    }
    #expect(try imported.whole.fileNames[0] == "one/x.png")
    #expect(imported.allRules == ["name-matched-loosely"])
    #expect(imported.findings[0].message.contains("in several folders"))
  }

  @Test func `what lies beside a single file and far below is not looked for`() async throws {
    let folder = try set(["a.json": ["x.png"]], pictures: ["some/where/x.png"])
    let imported = try await folder.read("coco", ["a.json"])
    #expect(imported.notes.contains { $0.contains("were not found") })
  }

  @Test func `lists of pictures and stuff beside instances are left out`() async throws {
    let folder = try set(
      [
        "annotations/instances_train.json": ["a.png"],
        "annotations/image_info_train.json": ["a.png"],
        "annotations/stuff_train.json": ["a.png"], "annotations/instances_val.json": ["b.png"],
        "annotations/image_info_val.json": ["b.png"],
      ], pictures: ["images/train/a.png", "images/val/b.png"])
    let imported = try await folder.read("coco")
    #expect(
      imported.datasets.map { "\($0.split ?? "") \($0.images.count)" } == ["train 1", "val 1"])
    #expect(imported.imageFolders["train"] == folder.path + "/images/train")
    #expect(imported.notes.contains { $0.contains("image_info_train.json") })
  }

  @Test(arguments: ["pictures/a.png", "data/a.png", "x/y/a.png"])
  func `pictures of another set that are called alike are not taken`(picture: String) async throws {
    let folder = try set(["set/annotations/instances.json": ["a.png"]], pictures: [])
    try folder.picture("set/" + picture, width: 99, height: 77)
    let imported = try await folder.read("coco", ["set"])
    #expect(try imported.whole.images[0].width == 32)
    #expect(imported.allRules.isEmpty)
    #expect(imported.notes.contains { $0.contains("were not found") })
  }

  @Test func `in the usual place another size is a finding`() async throws {
    let folder = try set(["annotations/instances.json": ["a.png"]], pictures: [])
    try folder.picture("images/a.png", width: 99, height: 77)
    #expect(try await folder.read("coco").allRules == ["image-size-mismatch"])
  }

  @Test func `the folder that holds all pictures wins over copies here and there`() async throws {
    let names = ["a.png", "b.png", "c.png"]
    let folder = try set(
      ["annotations/instances_train.json": names, "annotations/instances_val.json": ["v.png"]],
      pictures: names.map { "train/images/\($0)" }
        + ["val/images/v.png", "test/a.png", "test/v.png", "classes/x/b.png", "train/images/v.png"])
    let imported = try await folder.read("coco")
    #expect(imported.imageFolders["train"] == folder.path + "/train/images")
    #expect(imported.imageFolders["val"] == folder.path + "/val/images")
    #expect(
      imported.datasets.map(\.fileNames).sorted { $0.count < $1.count } == [["v.png"], names])
    #expect(imported.changes.isEmpty)
    #expect(imported.allRules.isEmpty)
  }

  @Test func `pictures that lie in several folders are named from the folder of all`() async throws
  {
    let folder = try set(
      ["set.json": ["a.png", "b.png"]], pictures: ["one/a.png", "two/b.png"])
    let imported = try await folder.read("coco")
    #expect(try imported.whole.fileNames == ["one/a.png", "two/b.png"])
    #expect(imported.imageFolders[""] == folder.path)
  }

  @Test(arguments: ["masks/val/b.png", "SegmentationClass/b.png", "labels/b.png"])
  func `a mask never stands for its missing picture`(mask: String) async throws {
    let folder = try set(
      ["annotations/instances_val.json": ["val/a.jpg", "val/b.jpg"]],
      pictures: ["images/val/a.jpg", mask])
    let imported = try await folder.read("coco")
    #expect(imported.allRules == ["missing-image-file"])
    #expect(try imported.whole.fileNames == ["val/a.jpg", "val/b.jpg"])
    #expect(imported.changes.isEmpty)
  }
}
