import COCO
import Formats
import TestSupport
import Testing

@Suite struct VOCVariantsTests {
  @Test func `a flat folder holds pictures and annotations side by side`() async throws {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.write(VOCFixture.text(), to: "a.xml")
    let imported = try await folder.read("voc")
    let dataset = try imported.whole
    #expect(imported.allRules.isEmpty)
    #expect(dataset.split == nil)
    #expect(dataset.fileNames == ["a.png"])
    #expect(dataset.boxes == [[10, 5, 10, 10]])
    #expect(dataset.annotations[0].area == 100)
    #expect(dataset.annotations[0].isCrowd == 0)
    #expect(imported.imageFolders[""] == folder.path)
  }

  @Test func `nested folders have their pictures in nested folders`() async throws {
    let folder = try TemporaryFolder()
    for name in ["north/a", "south/deep/b"] {
      try folder.picture("JPEGImages/\(name).png")
      try folder.write(
        VOCFixture.text { $0.fileName = "\(name.last.map(String.init) ?? "").png" },
        to: "Annotations/\(name).xml")
    }
    let imported = try await folder.read("voc")
    #expect(imported.allRules.isEmpty)
    #expect(try imported.whole.fileNames == ["north/a.png", "south/deep/b.png"])
    #expect(imported.imageFolders[""] == folder.path + "/JPEGImages")
  }

  @Test(arguments: ["JPEGImages", "images", "Images", "imgs"])
  func `pictures stand in a folder beside the annotations`(name: String) async throws {
    let folder = try TemporaryFolder()
    try folder.picture("\(name)/a.png")
    try folder.write(VOCFixture.text(), to: "Annotations/a.xml")
    let imported = try await folder.read("voc")
    #expect(imported.allRules.isEmpty)
    #expect(imported.imageFolders[""] == "\(folder.path)/\(name)")
  }

  @Test func `pictures stand where the user says`() async throws {
    let folder = try TemporaryFolder()
    try folder.picture("elsewhere/a.png", width: 40, height: 30)
    try folder.picture("JPEGImages/a.png")
    try folder.write(VOCFixture.text { $0.size = nil }, to: "Annotations/a.xml")
    let imported = try await folder.read("voc", ["Annotations"]) {
      $0.imagesFolder = folder.path + "/elsewhere"
    }
    #expect(imported.allRules.isEmpty)
    #expect(try imported.whole.images[0].width == 40)
  }

  @Test(arguments: [
    ("<xmax>20</xmax><ymin>5</ymin><xmin>10</xmin><ymax>15</ymax>", [10, 5, 10, 10]),
    (
      "<xmin>10.5</xmin><ymin>5.25</ymin><xmax>20.5</xmax><ymax>15.5</ymax>",
      [10.5, 5.25, 10, 10.25]
    ),
    ("<xmin> 10 </xmin><ymin>\n5\t</ymin><xmax>2e1</xmax><ymax>+15</ymax>", [10, 5, 10, 10]),
    ("<a/><xmin>10</xmin><ymin>5</ymin><!-- x --><xmax>20</xmax><ymax>15</ymax>", [10, 5, 10, 10]),
  ])
  func `corners stand in any order and form`(corners: String, box: [Double]) async throws {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.write(
      VOCFixture.text {
        $0.objects = ["<object><name>crab</name><bndbox>\(corners)</bndbox></object>"]
      }, to: "a.xml")
    let imported = try await folder.read("voc")
    #expect(imported.allRules.isEmpty)
    #expect(try imported.whole.boxes == [box])
  }

  @Test(arguments: [
    nil, "", "<width>0</width><height>0</height><depth>0</depth>",
    "<width>32.0</width><height>24.0</height>",
    "<width>32</width><height>24</height><depth></depth>",
    "<width></width><height></height>", "<width>wide</width><height>24</height>",
    "<width>-32</width><height>24</height>",
  ])
  func `the picture tells the size that the file does not`(size: String?) async throws {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.write(VOCFixture.text { $0.size = size }, to: "a.xml")
    let imported = try await folder.read("voc")
    #expect(imported.allRules.isEmpty)
    let image = try imported.whole.images[0]
    #expect([image.width, image.height] == [32, 24])
    #expect(image.extra["depth"] == nil || image.extra["depth"] == 0)
  }

  @Test func `the annotation tells the size of a picture that is missing`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      VOCFixture.text { $0.size = "<width>32.0</width><height>24.0</height>" }, to: "a.xml")
    let imported = try await folder.read("voc")
    #expect(imported.allRules == ["missing-image-file"])
    let image = try imported.whole.images[0]
    #expect([image.width, image.height] == [32, 24])
  }

  @Test func `a picture without any size is rejected with all its objects`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      VOCFixture.text {
        $0.size = nil
        $0.objects = [VOCFixture.object(), VOCFixture.object("palm")]
      }, to: "a.xml")
    let imported = try await folder.read("voc")
    #expect(try imported.whole.images.isEmpty)
    #expect(imported.rejections.map(\.kind) == [.image, .annotation, .annotation])
    #expect(imported.isAccountedFor)
    #expect(imported.allRules.contains("zero-image-size"))
  }

  @Test(arguments: [(nil, nil), ("", nil), ("3", nil), ("1", 1), ("4.0", 4), ("RGB", nil)])
  func `depth is kept where it is not 3`(depth: String?, kept: Int?) async throws {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    let element = depth.map { "<depth>\($0)</depth>" } ?? ""
    try folder.write(
      VOCFixture.text { $0.size = "<width>32</width><height>24</height>\(element)" }, to: "a.xml")
    let imported = try await folder.read("voc")
    #expect(try imported.whole.images[0].extra["depth"] == kept.map { .integer($0) })
  }

  @Test func `blanks around names are left out`() async throws {
    let folder = try TemporaryFolder()
    try folder.picture("a b.png")
    try folder.write(
      VOCFixture.text {
        $0.fileName = " a b.png\n"
        $0.objects = [VOCFixture.object(" hermit crab "), VOCFixture.object("hermit crab")]
      }, to: "a b.xml")
    let imported = try await folder.read("voc")
    #expect(imported.allRules == ["blank-padded-name"])
    #expect(try imported.whole.classes == ["hermit crab"])
    #expect(try imported.whole.fileNames == ["a b.png"])
  }

  @Test(arguments: ["UTF-8", "byte order mark", "UTF-16LE", "UTF-16BE", "Latin-1", "CRLF"])
  func `every encoding that XML knows is read`(encoding: String) async throws {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    let text = VOCFixture.text { $0.objects = [VOCFixture.object("Möwe")] }
    let bytes: [UInt8] =
      switch encoding {
      case "byte order mark": [0xEF, 0xBB, 0xBF] + Array(text.utf8)
      case "UTF-16LE": [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      case "UTF-16BE": [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
      case "Latin-1":
        Array("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>".utf8)
          + text.unicodeScalars.map { UInt8($0.value) }
      case "CRLF": Array(text.replacing("\n", with: "\r\n").utf8)
      default: Array(("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text).utf8)
      }
    try folder.write(bytes, to: "a.xml")
    let imported = try await folder.read("voc")
    #expect(imported.allRules.isEmpty)
    #expect(try imported.whole.classes == ["Möwe"])
    #expect(try imported.whole.boxes == [[10, 5, 10, 10]])
  }

  @Test func `entities and character data are text`() async throws {
    let folder = try TemporaryFolder()
    try folder.picture("a&b.png")
    try folder.write(
      VOCFixture.text {
        $0.fileName = "a&amp;b.png"
        $0.objects = [VOCFixture.object("<![CDATA[<crab>]]> &#x26; p&#97;lm")]
      }, to: "a&b.xml")
    let imported = try await folder.read("voc")
    #expect(imported.allRules.isEmpty)
    #expect(try imported.whole.classes == ["<crab> & palm"])
  }

  @Test func `ImageNet's dialect is read`() async throws {
    let folder = try TemporaryFolder()
    try folder.picture("Data/n02119789_1.png", width: 500, height: 375)
    try folder.write(
      """
      <annotation>
      \t<folder>n02119789</folder>
      \t<filename>n02119789_1</filename>
      \t<source><database>ILSVRC_2012</database></source>
      \t<size><width>500</width><height>375</height><depth>3</depth></size>
      \t<segmented>0</segmented>
      \t<object><name>n02119789</name><pose>Unspecified</pose><truncated>0</truncated>
      \t<difficult>0</difficult><subcategory>kit</subcategory>
      \t<bndbox><xmin>44</xmin><ymin>21</ymin><xmax>445</xmax><ymax>346</ymax></bndbox></object>
      </annotation>
      """, to: "Annotations/n02119789/n02119789_1.xml")
    let imported = try await folder.read("voc", ["Annotations"]) {
      $0.imagesFolder = folder.path + "/Data"
    }
    let dataset = try imported.whole
    #expect(imported.allRules == ["name-matched-loosely"])
    #expect(dataset.fileNames == ["n02119789_1.png"])
    #expect(dataset.classes == ["n02119789"])
    #expect(dataset.boxes == [[44, 21, 401, 325]])
    #expect(dataset.images[0].extra["source"] == .object(["database": "ILSVRC_2012"]))
    #expect(dataset.annotations[0].attributes["subcategory"] == "kit")
  }

  @Test func `a folder without annotations on its pictures keeps them`() async throws {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.write(VOCFixture.text { $0.objects = [] }, to: "a.xml")
    let imported = try await folder.read("voc")
    #expect(try imported.whole.images.count == 1)
    #expect(imported.allRules.isEmpty)
  }
}
