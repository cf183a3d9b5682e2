import COCO
import Files
import Formats
import TestSupport
import Testing

/// Lists of splits as people write them.
@Suite struct VOCListTests {
  /// XML files and pictures at these paths, without endings, below a folder of XML files and one of
  /// pictures, and lists by their paths.
  private func set(
    _ names: [String], xmls: String = "Annotations", pictures: String = "JPEGImages",
    _ lists: [String: String]
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in names {
      try folder.picture("\(pictures)/\(name).png")
      try folder.write(
        VOCFixture.text { $0.fileName = "\(Path.name(of: name)).png" }, to: "\(xmls)/\(name).xml")
    }
    for (path, text) in lists { try folder.write(text, to: path) }
    return folder
  }

  private func splits(_ imported: Imported) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: imported.datasets.map { ($0.split ?? "-", $0.images.count) })
  }

  @Test(arguments: [
    [
      "cat_train": "a 1\nb -1\n", "cat_val": "c 1\n", "dog_train": "a -1\nb 1\n",
      "dog_val": "c 0\n",
    ],
    ["cat_train": "a.png 1\nb.png -1\n", "cat_val": "c.png 1\n"],
    ["traffic_light_train": "a  1\nb  0\n", "car_val": "c -1\n"],
  ])
  func `lists of single classes alone make splits, each picture once`(
    lists: [String: String]
  ) async throws {
    let paths = Dictionary(
      uniqueKeysWithValues: lists.map { ("ImageSets/Main/\($0.key).txt", $0.value) })
    let folder = try set(["a", "b", "c"], paths)
    let imported = try await folder.read("voc")
    #expect(splits(imported) == ["train": 2, "val": 1])
    #expect(imported.allRules.isEmpty)
    #expect(imported.read == RecordCounts(images: 3, annotations: 3))
  }

  @Test(arguments: [
    (["plot 1", "plot -1"], ["hill 1"]), (["x 0", "y 1"], ["z 1", "w -1"]), (["7 1"], ["8 1"]),
  ])
  func `names that end in a number are no marks of a class`(
    train: [String], test: [String]
  ) async throws {
    let folder = try set(
      train + test,
      [
        "ImageSets/Main/train.txt": train.joined(separator: "\n"),
        "ImageSets/Main/test.txt": test.joined(separator: "\n"),
      ])
    let imported = try await folder.read("voc")
    #expect(splits(imported) == ["train": train.count, "test": test.count])
    #expect(imported.allRules.isEmpty)
  }

  @Test(arguments: [
    ("annotations", "images"), ("Annotation", "Image"), ("xml", "img"), ("labels/voc", "images"),
  ])
  func `lists match whatever the folders are called`(
    xmls: String, pictures: String
  ) async throws {
    let folder = try set(
      ["t1", "t2"], xmls: xmls, pictures: pictures,
      ["ImageSets/Main/train.txt": "t1\n", "ImageSets/Main/val.txt": "t2\n"])
    let imported = try await folder.read("voc")
    #expect(splits(imported) == ["train": 1, "val": 1])
    #expect(imported.allRules.isEmpty)
  }

  @Test(arguments: [
    "images/a.png annotations/a.xml\nimages/b.png annotations/b.xml\n",
    "./images/a.png\t./annotations/a.xml\n./images/b.png\t./annotations/b.xml\n",
    "annotations/a.xml images/a.png\nannotations/b.xml images/b.png\n",
    "/data/set/images/a.png /data/set/annotations/a.xml\n"
      + "/data/set/images/b.png /data/set/annotations/b.xml\n",
  ])
  func `a row may name the picture and its XML file`(list: String) async throws {
    for path in ["ImageSets/Main/train.txt", "train.txt", "train_list.txt"] {
      let folder = try set(["a", "b"], xmls: "annotations", pictures: "images", [path: list])
      let imported = try await folder.read("voc")
      #expect(splits(imported) == ["train": 2], "\(path)")
      #expect(imported.allRules.isEmpty)
    }
  }

  @Test func `lists beside the folders are named`() async throws {
    let folder = try set(["a", "b"], ["train.txt": "a\n", "valid.txt": "b\n", "notes.txt": "a\n"])
    let imported = try await folder.read("voc")
    #expect(splits(imported) == ["train": 1, "val": 1])
    #expect(imported.notes.count == 1)
    #expect(imported.notes[0].contains("\(folder.path)/train.txt"))
  }

  @Test func `a text of another kind is no list`() async throws {
    let folder = try set(["a", "b"], ["train.txt": "epoch 1 loss 0.3\nepoch 2 loss 0.2\n"])
    let imported = try await folder.read("voc")
    #expect(splits(imported) == ["-": 2])
    #expect(imported.notes.isEmpty)
  }

  @Test(arguments: ["p1\np2\n", "1/p1\n1/p2\n", "Annotations/1/p1.xml\nAnnotations/1/p2.xml\n"])
  func `XML files in sub-folders are found by their names`(list: String) async throws {
    let folder = try set(
      ["1/p1", "1/p2", "2/p3"],
      ["ImageSets/Main/train.txt": list, "ImageSets/Main/val.txt": "p3\n"])
    let imported = try await folder.read("voc")
    #expect(splits(imported) == ["train": 2, "val": 1])
    #expect(imported.allRules.isEmpty)
  }

  @Test func `lists that share pictures are both kept, and reported`() async throws {
    let folder = try set(
      ["a", "b", "c", "d"],
      [
        "ImageSets/Main/train.txt": "a\nb\n", "ImageSets/Main/trainval.txt": "a\nc\nd\n",
        "ImageSets/Main/test.txt": "d\n",
      ])
    let imported = try await folder.read("voc")
    #expect(splits(imported) == ["train": 2, "trainval": 3, "test": 1])
    #expect(
      imported.notes == ["test and trainval share 1 image", "train and trainval share 1 image"])
  }

  @Test(arguments: [true, false])
  func `a list that is another again is left out`(unionFirst: Bool) async throws {
    let other = unionFirst ? "all" : "trainval"
    let folder = try set(
      ["a", "b"],
      ["ImageSets/Main/train.txt": "a\nb\n", "ImageSets/Main/\(other).txt": "b\na\n"])
    let imported = try await folder.read("voc")
    #expect(imported.datasets.count == 1)
    #expect(imported.notes.contains { $0.contains("are the same 2 images") })
    #expect(imported.read.images == 2)
  }

  @Test(arguments: [
    ["train/a", "train/b", "valid/c", "test/d"], ["xmls_train/a", "xmls_train/b", "xmls_val/c"],
    ["Train/x/a", "Train/y/b", "Val/c"],
  ])
  func `folders that are called as splits are splits`(names: [String]) async throws {
    let folder = try TemporaryFolder()
    for name in names {
      try folder.picture("\(name).png")
      try folder.write(
        VOCFixture.text { $0.fileName = Path.name(of: name) + ".png" }, to: "\(name).xml")
    }
    let imported = try await folder.read("voc")
    let expected = names.count == 4 ? ["train": 2, "val": 1, "test": 1] : ["train": 2, "val": 1]
    #expect(splits(imported) == expected)
    #expect(imported.allRules.isEmpty)
    let whole = try await folder.read("voc") { $0.ignoresSplits = true }
    #expect(splits(whole) == ["-": names.count])
  }

  @Test func `a single folder called as a split says nothing`() async throws {
    let folder = try set(["a"], xmls: "set/train", pictures: "set/train", [:])
    #expect(splits(try await folder.read("voc")) == ["-": 1])
  }

  @Test func `a name of a sub-folder's file is not that of a picture of its own`() async throws {
    let folder = try set(
      ["c.d/1", "a"],
      ["ImageSets/Main/train.txt": "c.d/1\n", "ImageSets/Main/val.txt": "a\n1\n"])
    try folder.picture("JPEGImages/1.png", width: 9, height: 7)
    let imported = try await folder.read("voc")
    #expect(splits(imported) == ["train": 1, "val": 2])
    #expect(imported.datasets[1].images.map(\.width).sorted() == [9, 32])
    #expect(imported.notes.isEmpty)
  }

  @Test func `a listed picture without an XML file is background`() async throws {
    let folder = try set(["a"], ["ImageSets/Main/train.txt": "a\nb\nnowhere\n"])
    try folder.picture("JPEGImages/b.png", width: 9, height: 7)
    let imported = try await folder.read("voc")
    #expect(try imported.whole.fileNames == ["a.png", "b.png"])
    #expect(try imported.whole.images[1].width == 9)
    #expect(imported.allRules == ["image-without-label-file", "image-without-label-file"])
    #expect(imported.findings[0].message.contains("background"))
    #expect(imported.isAccountedFor)
  }
}
