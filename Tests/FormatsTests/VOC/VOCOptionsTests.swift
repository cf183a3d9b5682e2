import COCO
import Files
import Formats
import TestSupport
import Testing

@Suite struct VOCOptionsTests {
  private func folder(_ change: (inout VOCFixture) -> Void) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.write(VOCFixture.text(change), to: "a.xml")
    return folder
  }

  @Test(arguments: [
    (ImportOptions.VOCPixels.asWritten, [10, 5, 10, 10]),
    (.oneBased, [9, 4, 11, 11]),
  ])
  func `pixels are counted as the user says`(
    pixels: ImportOptions.VOCPixels, box: [Double]
  ) async throws {
    let imported = try await folder { _ in }.read("voc") { $0.vocPixels = pixels }
    #expect(try imported.whole.boxes == [box])
  }

  @Test func `a box without extent does not grow unseen`() async throws {
    let imported = try await folder { fixture in
      fixture.objects = [VOCFixture.object("crab", ["10", "5", "10", "15"])]
    }.read("voc")
    #expect(try imported.whole.boxes == [[10, 5, 0, 10]])
    #expect(imported.allRules == ["zero-area-box"])
  }

  @Test(arguments: [
    (
      ["1", "1", "20", "15"], ImportOptions.VOCPixels.asWritten, "0 have a minimum of 0, 1 a", true
    ),
    (["1", "1", "20", "15"], .oneBased, "0 have a minimum of 0, 1 a minimum of 1, 0 a", false),
    (["0", "3", "32", "15"], .asWritten, "1 have a minimum of 0, 0 a minimum of 1, 1 a", false),
    (["0", "3", "32", "15"], .oneBased, "1 have a minimum of 0, 0 a minimum of 1, 1 a", true),
  ])
  func `what speaks for a way of counting is counted`(
    corners: [String], pixels: ImportOptions.VOCPixels, words: String, advises: Bool
  ) async throws {
    let imported = try await folder { fixture in
      fixture.objects = [VOCFixture.object("crab", corners)]
    }.read("voc") { $0.vocPixels = pixels }
    let evidence = try #require(
      imported.findings.first { $0.rule == "pixel-convention-evidence" })
    #expect(evidence.severity == .information)
    #expect(evidence.origin == imported.datasets[0].annotations[0].origin)
    #expect(evidence.message.contains(words))
    #expect(evidence.message.contains("--voc-pixels") == advises)
  }

  @Test(arguments: [
    (ImportOptions.Difficult.keep, [0, 0]), (.crowd, [0, 1]), (.drop, [0]),
  ])
  func `difficult objects are kept, crowds or dropped`(
    difficult: ImportOptions.Difficult, crowds: [Int]
  ) async throws {
    let imported = try await folder { fixture in
      fixture.objects = [
        VOCFixture.object("crab", ["1", "2", "3", "4"], "<difficult>0</difficult>"),
        VOCFixture.object("palm", ["2", "2", "5", "6"], "<difficult>1</difficult>"),
      ]
    }.read("voc") { $0.difficult = difficult }
    let annotations = try imported.whole.annotations
    #expect(annotations.map(\.isCrowd) == crowds)
    #expect(annotations.last?.attributes["difficult"] == (difficult == .drop ? 0 : 1))
    #expect(imported.isAccountedFor)
    let dropped = imported.rejections.map(\.finding)
    #expect(dropped.map(\.rule) == (difficult == .drop ? ["difficult-object"] : []))
    #expect(dropped.allSatisfy { $0.severity == .information })
  }

  /// The picture is stored on its side, 320 × 240, and shown at 240 × 320.
  private func turned(
    _ policy: ImportOptions.EXIFPolicy, size: String? = nil
  ) async throws -> Imported {
    let folder = try TemporaryFolder()
    try folder.write(InputFile.contents(Samples.path("voc/JPEGImages/scene8.jpg")), to: "a.jpg")
    try folder.write(
      VOCFixture.text {
        $0.fileName = "a.jpg"
        $0.size = size
      }, to: "a.xml")
    return try await folder.read("voc") { $0.exif = policy }
  }

  @Test(arguments: [
    (ImportOptions.EXIFPolicy.upright, 240, [] as [String]), (.stored, 320, []),
    (.error, 240, ["exif-orientation"]),
  ])
  func `a turned picture has the size that the user asks for`(
    policy: ImportOptions.EXIFPolicy, width: Int, rules: [String]
  ) async throws {
    let imported = try await turned(policy)
    let image = try imported.whole.images[0]
    #expect(image.width == width)
    #expect(image.height == 560 - width)
    #expect(imported.allRules == rules)
  }

  @Test func `a size as stored is told from a wrong one`() async throws {
    let imported = try await turned(.upright, size: "<width>320</width><height>240</height>")
    let message =
      "the annotation says 320×240, as stored before EXIF turns it, the file is 240×320"
    #expect(imported.findings.map(\.message) == [message])
  }

  @Test func `what else is said of objects becomes attributes`() async throws {
    let imported = try await folder { fixture in
      fixture.objects = [
        VOCFixture.object(
          "person", ["10", "5", "20", "15"],
          """
          <pose>Left</pose><truncated>1</truncated><occluded>0</occluded><weight>007</weight>
          <part><name>head</name><bndbox><xmin>11</xmin><ymin>6</ymin><xmax>14.5</xmax>
          <ymax>9</ymax></bndbox></part><note> two  words </note><empty/>
          """)
      ]
    }.read("voc")
    #expect(imported.allRules.isEmpty)
    let part: JSONObject = [
      "name": "head",
      "bndbox": .object(["xmin": 11, "ymin": 6, "xmax": "14.5", "ymax": 9]),
    ]
    #expect(
      try imported.whole.annotations[0].attributes
        == [
          "pose": "Left", "truncated": 1, "occluded": 0, "weight": "007", "part": .object(part),
          "note": "two  words", "empty": "",
        ])
    #expect(try imported.whole.annotations[0].box?.x1 == 20)
  }

  @Test func `objects do not take over each other's attributes`() async throws {
    let imported = try await folder { fixture in
      fixture.objects = [
        "<a>1</a>", "<a>1</a>", "<a>2</a>", "<b>2</b>", "", "<a>2</a><b>2</b>",
        "<p><a>1</a></p>", "<p><a>2</a></p>", "<p>2</p>",
      ].map { VOCFixture.object("crab", ["1", "2", "3", "4"], $0) }
    }.read("voc")
    #expect(
      try imported.whole.annotations.map(\.attributes)
        == [
          ["a": 1], ["a": 1], ["a": 2], ["b": 2], [:], ["a": 2, "b": 2],
          ["p": .object(["a": 1])], ["p": .object(["a": 2])], ["p": 2],
        ])
  }

  @Test func `what else is said of pictures is kept with them`() async throws {
    let imported = try await folder { fixture in
      fixture.more = "<folder>beach</folder><owner><name>Ada</name></owner><segmented>0</segmented>"
    }.read("voc")
    #expect(
      try imported.whole.images[0].extra
        == ["folder": "beach", "owner": .object(["name": "Ada"]), "segmented": 0])
  }

  @Test func `safe fixes put inverted corners in order`() async throws {
    let imported = try await folder { fixture in
      fixture.objects = [VOCFixture.object("crab", ["20", "15", "10", "5"])]
    }.read("voc") { $0.appliesSafeFixes = true }
    let annotation = try imported.whole.annotations[0]
    #expect(annotation.box == Box(x: 10, y: 5, width: 10, height: 10))
    #expect(annotation.area == 100)
    #expect(annotation.isChanged)
    #expect(imported.changes == ["corners sorted": RecordCounts(annotations: 1)])
  }

  @Test func `the user's classes keep their order`() async throws {
    let imported = try await folder { fixture in
      fixture.objects = ["palm", "crab"].map { VOCFixture.object($0) }
    }.read("voc") { $0.classNames = ["palm", "boat", "crab"] }
    #expect(try imported.whole.classes == ["palm", "boat", "crab"])
    #expect(try imported.whole.annotations.map(\.categoryID) == [1, 3])
  }
}
