import COCO
import Files
import Formats
import TestSupport
import Testing

/// Where the pictures of VOC files are, and which of them is meant.
@Suite struct VOCPictureTests {
  @Test(arguments: [
    ("annotations/a.xml", "images/images/a.png"), ("annotations/a.xml", "images/one/two/a.png"),
    ("annotations/xmls/a.xml", "images/a.png"), ("xmls/a.xml", "my pictures/a.png"),
    ("annotations/xmls_train/a.xml", "images/train/a.png"), ("deep/er/xml/a.xml", "data/raw/a.png"),
  ])
  func `a picture is found wherever it lies below the input`(
    xml: String, picture: String
  ) async throws {
    let folder = try TemporaryFolder()
    try folder.picture(picture)
    try folder.write(VOCFixture.text(), to: xml)
    let imported = try await folder.read("voc")
    #expect(imported.allRules.isEmpty)
    #expect(imported.imageFolders[""] == folder.path + "/" + Path.folder(of: picture))
  }

  @Test func `of two pictures of one name that of the XML file's split is taken`() async throws {
    let folder = try TemporaryFolder()
    for split in ["train", "test"] {
      try folder.picture("images/\(split)/a.png", width: split == "train" ? 32 : 64)
      try folder.write(VOCFixture.text { $0.size = nil }, to: "xmls/for_\(split)/a.xml")
    }
    let imported = try await folder.read("voc")
    #expect(imported.allRules.isEmpty)
    let widths = imported.datasets.map { "\($0.split ?? "") \($0.images[0].width)" }
    #expect(Set(widths) == ["train 32", "test 64"])
  }

  @Test func `that a picture could be another one of its name is reported`() async throws {
    let folder = try TemporaryFolder()
    for name in ["one", "two"] { try folder.picture("pictures/\(name)/a.png") }
    try folder.write(VOCFixture.text(), to: "xml/a.xml")
    let imported = try await folder.read("voc")
    #expect(imported.allRules == ["name-matched-loosely"])
    #expect(
      imported.findings[0].message.hasSuffix(
        "one/a.png was used, not "
          + folder.path + "/pictures/two/a.png"))
  }

  @Test(arguments: [false, true])
  func `a folder beside the input is the pictures' only where one is there`(
    hasPicture: Bool
  ) async throws {
    let folder = try TemporaryFolder()
    try folder.picture("pictures/other.png")
    if hasPicture { try folder.picture("pictures/b.png") }
    for name in ["a", "b"] {
      try folder.write(VOCFixture.text { $0.fileName = "\(name).png" }, to: "set/xml/\(name).xml")
    }
    let imported = try await folder.read("voc", ["set"])
    let place = hasPicture ? "pictures" : "set"
    #expect(imported.imageFolders[""]?.hasPrefix("\(folder.path)/\(place)") == true)
    #expect(imported.allRules.contains("missing-image-file"))
  }

  /// Three XML files whose `<filename>`s go wrong, and pictures of three sizes.
  private func mixedUp(_ names: [String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (index, name) in names.enumerated() {
      let width = 40 + 20 * index
      try folder.picture("JPEGImages/00\(index + 1).png", width: width, height: 30)
      try folder.write(
        VOCFixture.text {
          $0.fileName = name
          $0.size = "<width>\(width)</width><height>30</height>"
        }, to: "Annotations/00\(index + 1).xml")
    }
    return folder
  }

  @Test(arguments: [
    ["002.png", "003.png", "003.png"], ["001.png", "001.png", "001.png"],
    ["003.png", "002.png", "001.png"], ["002", "003", "001"],
  ])
  func `the name of another file's picture is not believed`(names: [String]) async throws {
    let folder = try mixedUp(names)
    let imported = try await folder.read("voc")
    let dataset = try imported.whole
    #expect(dataset.fileNames == ["001.png", "002.png", "003.png"])
    #expect(dataset.images.map(\.width) == [40, 60, 80])
    #expect(imported.allRules == ["filename-stem-mismatch"])
    #expect(imported.findings[0].message.contains("another one's image"))
  }

  @Test func `a name that the size denies is not believed`() async throws {
    let folder = try mixedUp(["spare.png"])
    try folder.picture("JPEGImages/spare.png", width: 99, height: 99)
    let imported = try await folder.read("voc")
    #expect(try imported.whole.fileNames == ["001.png"])
    #expect(imported.allRules == ["filename-stem-mismatch"])
  }

  @Test func `a name that the size confirms is believed`() async throws {
    let folder = try mixedUp(["spare.png"])
    try folder.picture("JPEGImages/spare.png", width: 40, height: 30)
    #expect(try await folder.read("voc").whole.fileNames == ["spare.png"])
  }

  @Test(arguments: ["a.xml", "a", ""])
  func `where the XML file names itself its picture is meant`(name: String) async throws {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.write(VOCFixture.text { $0.fileName = name }, to: "a.xml")
    let imported = try await folder.read("voc")
    #expect(try imported.whole.fileNames == ["a.png"])
    #expect(imported.allRules == ["name-matched-loosely"])
  }

  @Test(arguments: [
    "https://example.org/files/7/a.png?token=abc", "file:///home/ada/set/a.png",
    #"D:\set\a.png"#, "my%20pictures/a.png", "%61.png", "0a1b2c3d-a.png",
    "/data/local-files/?d=set/a.png",
  ])
  func `names that a program has rewritten lead to the picture`(name: String) async throws {
    let folder = try TemporaryFolder()
    try folder.picture("JPEGImages/a.png")
    try folder.write(VOCFixture.text { $0.fileName = name }, to: "Annotations/a.xml")
    let imported = try await folder.read("voc")
    #expect(try imported.whole.fileNames == ["a.png"])
    #expect(
      Set(imported.allRules).isSubset(of: ["name-matched-loosely", "filename-stem-mismatch"]))
  }

  @Test(arguments: ["\u{FEFF}", "\u{200B}", "\u{A0}", "\u{2060}", "\u{200E}"])
  func `what cannot be seen around a value is not part of it`(mark: String) async throws {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.write(
      VOCFixture.text {
        $0.fileName = "\(mark)a.png\(mark)"
        $0.size = "<width>\(mark)32</width><height>24\(mark)</height>"
        $0.objects = [VOCFixture.object("\(mark)crab", ["\(mark)10", "5\(mark)", " 20", "15\n"])]
      }, to: "a.xml")
    let imported = try await folder.read("voc")
    #expect(try imported.whole.classes == ["crab"])
    #expect(try imported.whole.boxes == [[10, 5, 10, 10]])
    #expect(imported.allRules == ["blank-padded-name"])
    #expect(imported.findings[0].message.contains("U+"))
    #expect(imported.findings[0].fixes.count == 1)
  }
}
