import COCO
import Files
import TestSupport
import Testing

@testable import Formats

@Suite struct YOLOLayoutTests {
  private static let row = "0 0.5 0.5 0.2 0.4\n"
  private static let size = "100x50"

  /// A picture and its label in each of the pairs of folders.
  private static func set(
    _ pairs: [(pictures: String, labels: String)], _ others: [String: String] = [:]
  ) throws -> TemporaryFolder {
    var files = others
    for (index, pair) in pairs.enumerated() {
      files["\(pair.pictures)p\(index).png"] = size
      files["\(pair.labels)p\(index).txt"] = row
    }
    return try TemporaryFolder(yolo: files)
  }

  @Test(
    arguments: [
      ("train: images/train\nval: images/val\n", "the usual form"),
      ("path: .\ntrain: ./images/train/\nval: [images/val]\n", "a path and a list"),
      ("train: ../images/train\nval: ../images/val\n", "Roboflow's dots"),
      ("path: /content/beach\ntrain: images/train\nval: images/val\n", "a foreign root"),
      ("train: /content/b/images/train\nval: C:\\b\\images\\val\n", "foreign folders"),
      ("train: images/train\nvalidation: images/val\ntest:\n", "an empty test"),
    ])
  func `splits are found where a data file says`(_ yaml: String, _ what: String) async throws {
    let fixture = try Self.set(
      [("images/train/", "labels/train/"), ("images/val/", "labels/val/")],
      ["data.yaml": yaml + "names: [a]\n"])
    for input in ["", "data.yaml"] {
      let imported = try await fixture.readYOLO(input)
      #expect(imported.summary == ["train 1 1", "val 1 1"], "\(what)")
      #expect(imported.rules.allSatisfy { $0 == "foreign-absolute-path" })
      #expect(imported.rules.count <= 1)
      #expect(imported.rules.isEmpty != (what.hasPrefix("a foreign") || what == "foreign folders"))
    }
  }

  @Test func `roboflows layout is read`() async throws {
    let yaml = "train: ../train/images\nval: ../valid/images\ntest: ../test/images\nnames: [a]\n"
    let fixture = try Self.set(
      [("train/images/", "train/labels/"), ("valid/images/", "valid/labels/")],
      ["data.yaml": yaml])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["train 1 1", "val 1 1"])
    #expect(imported.notes == ["test is left out: there is no ../test/images"])
    #expect(imported.rules.isEmpty)
  }

  @Test func `a missing split is reported`() async throws {
    let fixture = try Self.set(
      [("images/train/", "labels/train/")],
      ["data.yaml": "train: images/train\nval: images/val\nnames: [a]\n"])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["train 1 1"])
    #expect(imported.rules == ["missing-image-file"])
    #expect(imported.place(of: "missing-image-file") == "2:6")
  }

  @Test(
    arguments: [
      ([("test/images/", "test/labels/")], ["- 1 1"]),
      ([("a/test/images/", "a/test/labels/"), ("b/images/", "b/labels/")], ["- 2 2"]),
      (
        [("train/images/", "train/labels/"), ("val/images/", "val/labels/")],
        ["train 1 1", "val 1 1"]
      ),
    ])
  func `a data file with names alone leaves splits to several folders`(
    _ pairs: [(String, String)], _ expected: [String]
  ) async throws {
    let fixture = try Self.set(
      pairs.map { (pictures: $0.0, labels: $0.1) }, ["data.yaml": "nc: 1\nnames: ['a']\n"])
    #expect(try await fixture.readYOLO().summary == expected)
    #expect(try await fixture.readYOLO("data.yaml").summary == expected)
  }

  @Test(
    arguments: [
      ([("", "")], ["- 1 1"]),
      ([("images/", "labels/")], ["- 1 1"]),
      ([("Images/", "Labels/")], ["- 1 1"]),
      ([("JPEGImages/", "labels/")], ["- 1 1"]),
      ([("pictures/", "pictures/labels/")], ["- 1 1"]),
      (
        [("images/train/", "labels/train/"), ("images/val/", "labels/val/")],
        ["train 1 1", "val 1 1"]
      ),
      (
        [("valid/images/", "valid/labels/"), ("test/images/", "test/labels/")],
        ["val 1 1", "test 1 1"]
      ),
      ([("Train/", "Train/"), ("images/x/", "labels/x/")], ["train 1 1", "- 1 1"]),
      ([("images/train2017/", "labels/train2017/")], ["train2017 1 1"]),
      ([("images/a/b/", "labels/a/b/"), ("images/", "labels/")], ["- 2 2"]),
    ])
  func `folders alone tell their splits`(
    _ pairs: [(String, String)], _ expected: [String]
  ) async throws {
    let fixture = try Self.set(
      pairs.map { (pictures: $0.0, labels: $0.1) }, ["classes.txt": "a\n"])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == expected)
    #expect(imported.rules.isEmpty)
  }

  @Test func `a picture without a label file is background`() async throws {
    let fixture = try TemporaryFolder(yolo: [
      "images/a.png": Self.size, "images/b.png": Self.size, "labels/b.txt": "",
      "classes.txt": "a",
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["- 2 0"])
    #expect(imported.rules == ["image-without-label-file"])
    let file = try #require(imported.findings[0].origin).file
    #expect(imported.sources.paths[file] == fixture.path + "/images/a.png")
  }

  @Test func `a label without a picture is rejected with its rows`() async throws {
    let fixture = try Self.set(
      [("images/", "labels/")], ["labels/lost.txt": Self.row + Self.row, "classes.txt": "a"])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["- 1 1"])
    #expect(imported.read == RecordCounts(images: 2, annotations: 3))
    #expect(imported.rejections.map(\.kind) == [.image, .annotation, .annotation])
    #expect(Set(imported.rules) == ["label-without-image"])
  }

  @Test(arguments: ["images/p0.png", "images/other.png"])
  func `an unreadable picture is rejected with its rows`(_ broken: String) async throws {
    let fixture = try Self.set([("images/", "labels/")], ["classes.txt": "a"])
    try fixture.write(Array("no picture".utf8), to: broken)
    let imported = try await fixture.readYOLO()
    #expect(Set(imported.rules) == ["unreadable-image"])
    let rows = broken == "images/p0.png" ? 1 : 0
    #expect(
      imported.rejections.map(\.kind) == [.image] + Array(repeating: .annotation, count: rows))
  }

  @Test func `other text files are no labels`() async throws {
    let texts = ["LICENSE.txt", "labels/README.txt", "labels/classes.txt", "labels/train.txt"]
    var files = Dictionary(uniqueKeysWithValues: texts.map { ($0, "a\n") })
    files["labels/remarks.txt"] = "drawn in May\n"
    let imported = try await Self.set([("images/", "labels/")], files).readYOLO()
    #expect(imported.summary == ["- 1 1"])
    #expect(imported.read == RecordCounts(images: 1, annotations: 1))
    #expect(imported.notes.contains { $0.contains("remarks.txt is no label") })
    #expect(imported.rules.isEmpty)
  }

  @Test func `a picture is found ignoring letter case`() async throws {
    let fixture = try TemporaryFolder(yolo: [
      "images/IMG_1.PNG": Self.size, "labels/img_1.txt": Self.row, "classes.txt": "a",
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["- 1 1"])
    #expect(imported.rules == ["name-matched-loosely"])
  }

  @Test func `dots in names belong to the stem`() async throws {
    let fixture = try TemporaryFolder(yolo: [
      "images/a_jpg.rf.1b2.png": Self.size, "labels/a_jpg.rf.1b2.txt": Self.row,
      "images/a_jpg.rf.3c4.png": Self.size, "labels/a_jpg.rf.3c4.txt": "", "classes.txt": "a",
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["- 2 1"])
    #expect(imported.rules.isEmpty)
  }

  @Test(arguments: [(true, ["train 1 1", "val 1 1"]), (false, ["train 1 1"])])
  func `splits of the same pictures are told and checked once`(
    judges: Bool, summary: [String]
  ) async throws {
    let fixture = try Self.set(
      [("images/", "labels/")], ["data.yaml": "train: images\nval: images\nnames: [a]\n"])
    var options = ImportOptions()
    options.judgesRecords = judges
    let imported = try await fixture.readYOLO(options: options)
    #expect(imported.summary == summary)
    #expect(imported.rules == ["same-folder-splits"])
    #expect(imported.place(of: "same-folder-splits") == "2:6")
  }

  @Test func `splits can be ignored`() async throws {
    var options = ImportOptions()
    options.ignoresSplits = true
    let fixture = try Self.set(
      [("images/train/", "labels/train/"), ("images/val/", "labels/val/")],
      ["data.yaml": "train: images\nval: images/val\nnames: [a]\n"])
    let imported = try await fixture.readYOLO(options: options)
    #expect(imported.summary == ["- 2 2"])
  }

  @Test func `file names start at the folder that holds all pictures`() async throws {
    let fixture = try Self.set([("a/images/", "a/labels/"), ("b/images/", "b/labels/")])
    let imported = try await fixture.readYOLO()
    #expect(
      imported.datasets.flatMap { $0.images.map(\.fileName) }
        == ["a/images/p0.png", "b/images/p1.png"])
  }

  @Test func `the result does not depend on threads`() async throws {
    var files = ["classes.txt": "a"]
    for index in 0..<300 {
      files["images/\(index).png"] = "100x\(index + 1)"
      files["labels/\(index).txt"] = String(repeating: Self.row, count: index % 4) + "x\n"
    }
    let fixture = try TemporaryFolder(yolo: files)
    let one = try await fixture.readYOLO()
    var options = ImportOptions()
    options.tasks = OrderedTasks(threads: 4)
    let four = try await fixture.readYOLO(options: options)
    #expect(one.datasets == four.datasets)
    #expect(one.rejections == four.rejections)
    #expect(one.read == four.read)
  }
}
