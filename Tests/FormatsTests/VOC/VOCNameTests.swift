import COCO
import Formats
import TestSupport
import Testing

@Suite struct VOCNameTests {
  struct Case: CustomTestStringConvertible {
    var fileName: String?
    var xml: String
    var picture: String
    var rules: [String]

    init(_ fileName: String?, _ xml: String, _ picture: String, _ rules: [String]) {
      self.fileName = fileName
      self.xml = xml
      self.picture = picture
      self.rules = rules
    }

    var testDescription: String { "\(fileName ?? "nothing") in \(xml), \(picture) at hand" }
  }

  @Test(arguments: [
    Case("a.png", "a.xml", "a.png", []),
    Case("a b.png", "a b.xml", "a b.png", []),
    Case("a.b.png", "a.b.xml", "a.b.png", []),
    Case("deep/below/a.png", "a.xml", "a.png", []),
    Case(#"C:\Users\Ada\a.png"#, "a.xml", "a.png", []),
    Case("/home/ada/a.png", "a.xml", "a.png", []),
    Case("a", "a.xml", "a.png", ["name-matched-loosely"]),
    Case("a.b", "a.b.xml", "a.b.png", ["name-matched-loosely"]),
    Case("a.jpg", "a.xml", "a.png", ["name-matched-loosely"]),
    Case("A.PNG", "a.xml", "a.png", ["name-matched-loosely"]),
    Case("a.png", "a.xml", "A.PNG", ["name-matched-loosely"]),
    Case(nil, "a.xml", "a.png", ["name-matched-loosely"]),
    Case("", "a.xml", "a.png", ["name-matched-loosely"]),
    Case("other.png", "a.xml", "other.png", ["filename-stem-mismatch"]),
    Case("other.png", "a.xml", "a.png", ["filename-stem-mismatch"]),
    Case("A.png", "a.xml", "A.png", ["filename-stem-mismatch"]),
  ])
  func `a picture is found, and said how where the names differ`(example: Case) async throws {
    let folder = try TemporaryFolder()
    try folder.picture("JPEGImages/" + example.picture)
    try folder.write(
      VOCFixture.text { $0.fileName = example.fileName }, to: "Annotations/" + example.xml)
    let imported = try await folder.read("voc")
    #expect(imported.allRules == example.rules)
    #expect(try imported.whole.fileNames == [example.picture])
    #expect(try imported.whole.images[0].width == 32)
  }

  @Test func `an exact name is taken before a similar one`() async throws {
    let folder = try TemporaryFolder()
    try folder.picture("A.png", width: 10, height: 10)
    try folder.picture("a.bmp", width: 20, height: 20)
    try folder.picture("a.png")
    try folder.write(VOCFixture.text(), to: "a.xml")
    let imported = try await folder.read("voc")
    #expect(imported.allRules.isEmpty)
    #expect(try imported.whole.fileNames == ["a.png"])
  }

  @Test func `a picture that is nowhere keeps its expected name`() async throws {
    let folder = try TemporaryFolder()
    try folder.picture("JPEGImages/b.png")
    try folder.write(VOCFixture.text { $0.fileName = "A.jpg" }, to: "Annotations/a.xml")
    let imported = try await folder.read("voc")
    #expect(Set(imported.allRules) == ["filename-stem-mismatch", "missing-image-file"])
    #expect(try imported.whole.fileNames == ["A.jpg"])
    #expect(imported.imageFolders[""] == folder.path + "/JPEGImages")
  }

  @Test func `pictures come in natural order of their names`() async throws {
    let folder = try TemporaryFolder()
    // The order of the XML files is another.
    for (xml, name) in zip(["a", "b", "c"], ["img10", "img2", "img1"]) {
      try folder.picture("\(name).png")
      try folder.write(VOCFixture.text { $0.fileName = "\(name).png" }, to: "\(xml).xml")
    }
    let dataset = try await folder.read("voc").whole
    #expect(dataset.fileNames == ["img1.png", "img2.png", "img10.png"])
    #expect(dataset.images.map(\.id) == [1, 2, 3])
    #expect(dataset.annotations.map(\.imageID) == [1, 2, 3])
  }
}
