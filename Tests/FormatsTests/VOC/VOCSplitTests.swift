import COCO
import Files
import Formats
import TestSupport
import Testing

@Suite struct VOCSplitTests {
  /// A VOCdevkit folder with these pictures and lists.
  private func devkit(
    _ pictures: [String], _ lists: [String: String], below root: String = ""
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try fill(folder, pictures, lists, below: root)
    return folder
  }

  private func fill(
    _ folder: TemporaryFolder, _ pictures: [String], _ lists: [String: String], below root: String
  ) throws {
    for name in pictures {
      try folder.picture("\(root)JPEGImages/\(name).png")
      let last = Path.name(of: name)
      try folder.write(
        VOCFixture.text { $0.fileName = "\(last).png" }, to: "\(root)Annotations/\(name).xml")
    }
    for (name, text) in lists { try folder.write(text, to: "\(root)ImageSets/Main/\(name).txt") }
  }

  private func splits(_ imported: Imported) -> [String: [String]] {
    var splits: [String: [String]] = [:]
    for dataset in imported.datasets { splits[dataset.split ?? ""] = dataset.fileNames }
    return splits
  }

  @Test func `lists of ImageSets are splits`() async throws {
    let folder = try devkit(["a", "b", "c"], ["train": "c\na\n", "val": "b\n"])
    let imported = try await folder.read("voc")
    #expect(imported.allRules.isEmpty)
    #expect(imported.notes.isEmpty)
    #expect(splits(imported) == ["train": ["a.png", "c.png"], "val": ["b.png"]])
    #expect(imported.datasets.map(\.split) == ["train", "val"])
    #expect(imported.imageFolders["val"] == folder.path + "/JPEGImages")
  }

  @Test(arguments: [
    "a\nb\n", "a\r\nb\r\n", "\u{FEFF}a\nb", "  a \n\n\tb\t\n", "a.png\nb.jpg\n",
  ])
  func `lists are read however they are written`(list: String) async throws {
    let imported = try await devkit(["a", "b"], ["train": list]).read("voc")
    #expect(imported.allRules.isEmpty)
    #expect(splits(imported) == ["train": ["a.png", "b.png"]])
  }

  @Test func `lists of one class are no splits`() async throws {
    let lists = [
      "train": "a\nb\n", "val": "c\n", "aeroplane_train": "a  1\nb -1\n", "crab_val": "c  0\n",
    ]
    let imported = try await devkit(["a", "b", "c"], lists).read("voc")
    #expect(splits(imported) == ["train": ["a.png", "b.png"], "val": ["c.png"]])
    #expect(imported.allRules.isEmpty)
  }

  @Test func `names in lists may hold blanks`() async throws {
    let lists = ["train": "my crab\nyour crab 2\n", "val": "crab 7\ncrab 1\n"]
    let imported = try await devkit(["my crab", "your crab 2", "crab 1", "crab 7"], lists)
      .read("voc")
    #expect(imported.allRules.isEmpty)
    #expect(
      splits(imported)
        == ["train": ["my crab.png", "your crab 2.png"], "val": ["crab 1.png", "crab 7.png"]])
  }

  @Test func `trainval is left out beside train and val`() async throws {
    let lists = ["train": "a\n", "val": "b\n", "test": "c\n", "trainval": "a\nb\n"]
    let imported = try await devkit(["a", "b", "c"], lists).read("voc")
    #expect(splits(imported) == ["train": ["a.png"], "val": ["b.png"], "test": ["c.png"]])
    #expect(imported.notes.count == 1)
    #expect(imported.notes[0].contains("trainval.txt is left out"))
    #expect(imported.isAccountedFor)
  }

  @Test func `trainval alone is a split`() async throws {
    let imported = try await devkit(["a", "b"], ["trainval": "a\nb\n"]).read("voc")
    #expect(splits(imported) == ["trainval": ["a.png", "b.png"]])
  }

  @Test func `what no list names makes a split of its own`() async throws {
    let imported = try await devkit(["a", "b", "c"], ["train": "b\n"]).read("voc")
    #expect(splits(imported) == ["train": ["b.png"], "unlisted": ["a.png", "c.png"]])
    #expect(imported.notes.count == 1)
    #expect(imported.notes[0].hasPrefix("2 XML files are in no list"))
  }

  @Test func `a name without an annotation is reported at its line`() async throws {
    let folder = try devkit(["a"], ["train": "a\n\n  gone too\n"])
    let imported = try await folder.read("voc")
    #expect(
      imported.lines(below: folder.path)
        == [
          "ImageSets/Main/train.txt:3:3: warning image-without-label-file: "
            + "no XML file for gone too"
        ])
    #expect(imported.isAccountedFor)
  }

  @Test func `a name that is listed twice is taken once`() async throws {
    let folder = try devkit(["a"], ["train": "a\na\n"])
    let imported = try await folder.read("voc")
    #expect(
      imported.lines(below: folder.path)
        == [
          "ImageSets/Main/train.txt:2:1: warning duplicate-file-name: "
            + "a is listed twice; it is used once"
        ])
    #expect(splits(imported) == ["train": ["a.png"]])
  }

  @Test func `a picture may be in two splits`() async throws {
    let imported = try await devkit(["a", "b"], ["train": "a\n", "val": "a\nb\n"]).read("voc")
    #expect(splits(imported) == ["train": ["a.png"], "val": ["a.png", "b.png"]])
    #expect(imported.notes == ["train and val share 1 image"])
    #expect(imported.read == RecordCounts(images: 3, annotations: 3))
    #expect(imported.isAccountedFor)
  }

  @Test func `sets of several years share their splits`() async throws {
    let folder = try TemporaryFolder()
    try fill(folder, ["a", "b"], ["train": "a\n", "val": "b\n"], below: "VOC2007/")
    try fill(folder, ["a", "c"], ["train": "a\n", "val": "c\n"], below: "VOC2012/")
    let imported = try await folder.read("voc")
    #expect(imported.allRules.isEmpty)
    #expect(
      splits(imported) == [
        "train": ["VOC2007/JPEGImages/a.png", "VOC2012/JPEGImages/a.png"],
        "val": ["VOC2007/JPEGImages/b.png", "VOC2012/JPEGImages/c.png"],
      ])
  }

  @Test func `names in lists may have folders`() async throws {
    let imported = try await devkit(["x/a", "y/a"], ["train": "x/a\n", "val": "y/a\n"])
      .read("voc")
    #expect(imported.allRules.isEmpty)
    #expect(splits(imported) == ["train": ["a.png"], "val": ["a.png"]])
  }

  @Test func `splits are one set where the user wants one`() async throws {
    let imported = try await devkit(["a", "b"], ["train": "a\n", "val": "b\n"]).read("voc") {
      $0.ignoresSplits = true
    }
    #expect(splits(imported) == ["": ["a.png", "b.png"]])
  }

  @Test func `all splits have the same categories`() async throws {
    let folder = try devkit(["a", "b"], ["train": "a\n", "val": "b\n"])
    try folder.write(
      VOCFixture.text {
        $0.fileName = "b.png"
        $0.objects = [VOCFixture.object("boat")]
      }, to: "Annotations/b.xml")
    var imported = try await folder.read("voc")
    CategoryPolicy().apply(to: &imported, sortsByName: true)
    for dataset in imported.datasets {
      #expect(dataset.categories.map(\.id) == [1, 2])
      #expect(dataset.classes == ["boat", "crab"])
    }
    #expect(imported.datasets.map { $0.annotations.map(\.categoryID) } == [[2], [1]])
  }
}
