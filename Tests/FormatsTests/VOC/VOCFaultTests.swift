import COCO
import Formats
import TestSupport
import Testing

@Suite struct VOCFaultTests {
  /// A folder with a sound annotation `good` beside `bad`, which is `bytes`.
  private func folder(_ bytes: [UInt8]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.picture("good.png")
    try folder.write(VOCFixture.text { $0.fileName = "good.png" }, to: "good.xml")
    try folder.picture("bad.png")
    try folder.write(bytes, to: "bad.xml")
    return folder
  }

  private func folder(_ text: String) throws -> TemporaryFolder {
    try folder(Array(text.utf8))
  }

  /// Two objects on a picture called bad.png.
  private static let sound = VOCFixture.text {
    $0.fileName = "bad.png"
    $0.objects = [VOCFixture.object(), VOCFixture.object("palm", ["1", "2", "3", "4"])]
  }

  @Test func `a file may be cut anywhere`() async throws {
    let whole = Array(Self.sound.utf8)
    let folder = try folder("")
    for count in 0..<(whole.count - "</annotation>\n".utf8.count) {
      try folder.write(Array(whole[..<count]), to: "bad.xml")
      let imported = try await folder.read("voc")
      #expect(imported.isAccountedFor, "cut after \(count)")
      #expect(try imported.whole.fileNames.contains("good.png"), "cut after \(count)")
      #expect(imported.allRules.filter { $0 == "malformed-file" }.count == 1, "cut after \(count)")
    }
  }

  @Test func `a cut file keeps its whole objects`() async throws {
    let cut = try #require(Self.sound.ranges(of: "<xmax>3").first)
    let folder = try folder(String(Self.sound[..<cut.lowerBound]))
    let imported = try await folder.read("voc")
    #expect(try imported.whole.fileNames == ["bad.png", "good.png"])
    #expect(try imported.whole.annotations.map(\.imageID) == [1, 2])
    #expect(imported.rejections.map(\.kind) == [.annotation])
    #expect(
      imported.rejections[0].record
        == "<object><name>palm</name><bndbox><xmin>1</xmin><ymin>2</ymin>")
    #expect(imported.isAccountedFor)
  }

  @Test(arguments: [
    ("", "malformed-file", "the file is empty"),
    ("   ", "malformed-file", "the file ends early"),
    ("no XML at all", "malformed-file", "syntax error"),
    ("<html><body/></html>", "malformed-file", "expected <annotation>, found <html>"),
    (
      "<?xml version=\"1.0\" encoding=\"x-coconut\"?><annotation/>", "unsupported-encoding",
      "unknown encoding"
    ),
    (
      "<!DOCTYPE annotation><annotation/>", "forbidden-markup",
      "document types and entities are not read"
    ),
  ])
  func `a file that is no annotation is rejected whole`(
    text: String, rule: String, message: String
  ) async throws {
    let imported = try await folder(text).read("voc")
    #expect(try imported.whole.fileNames == ["good.png"])
    #expect(imported.rejections.map(\.kind) == [.image])
    #expect(imported.rejections.map(\.finding.rule) == [rule])
    #expect(imported.rejections.map(\.finding.message) == [message])
    #expect(imported.rejections.map(\.record) == [text])
    #expect(imported.findings.isEmpty)
    #expect(imported.isAccountedFor)
  }

  @Test func `entities that multiply are refused at once`() async throws {
    var text = "<?xml version=\"1.0\"?><!DOCTYPE annotation [<!ENTITY e0 \"crab\">"
    for level in 1...30 {
      let inner = String(repeating: "&e\(level - 1);", count: 10)
      text += "<!ENTITY e\(level) \"\(inner)\">"
    }
    text += "]><annotation><object><name>&e30;</name></object></annotation>"
    let folder = try folder(text)
    let clock = ContinuousClock()
    let start = clock.now
    let imported = try await folder.read("voc")
    #expect(clock.now - start < .seconds(5))
    #expect(imported.allRules == ["forbidden-markup"])
    #expect(try imported.whole.fileNames == ["good.png"])
  }

  @Test(arguments: [199, 200, 100_000])
  func `elements may stand 200 deep in one another`(depth: Int) async throws {
    let nest =
      String(repeating: "<a>", count: depth - 1) + String(repeating: "</a>", count: depth - 1)
    let imported = try await folder(
      VOCFixture.text {
        $0.fileName = "bad.png"
        $0.more = nest
      }
    ).read("voc")
    #expect(imported.allRules == (depth <= 200 ? [] : ["malformed-file"]))
    #expect(imported.isAccountedFor)
    if depth > 200 {
      let message = "elements are nested more than 200 deep"
      #expect(imported.findings.map(\.message) == [message])
    }
  }

  @Test(arguments: ["UTF-8", "UTF-16LE", "UTF-16BE"])
  func `findings have the place of the value to blame`(encoding: String) async throws {
    let text = """
      <annotation>
        <filename>bad.png</filename>
        <size><width>33</width><height>24</height></size>
        <object>
          <note>Möwe 🦀</note><name>crab</name>
          <bndbox><xmin>1</xmin><ymin>two</ymin><xmax>3</xmax><ymax>4</ymax></bndbox>
        </object>
        <object><bndbox/></object>
        <object><note>ö</note><name> crab</name><bndbox><xmin>9</xmin><ymin>2</ymin>
          <xmax>3</xmax><ymax>4</ymax></bndbox></object>
      </annotation>
      """
    let bytes: [UInt8] =
      switch encoding {
      case "UTF-16LE": [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      case "UTF-16BE": [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
      default: Array(text.utf8)
      }
    let folder = try folder(bytes)
    let imported = try await folder.read("voc")
    #expect(
      imported.lines(below: folder.path) == [
        "bad.xml:9:25: warning blank-padded-name: the blanks around the name \" crab\" are removed",
        "bad.xml:3:3: error image-size-mismatch: the annotation says 33×24, the file is 32×24",
        "bad.xml:6:27: error malformed-value: <ymin>: expected a number, found \"two\"",
        "bad.xml:8:3: error missing-field: the object has no <name>; if all objects "
          + "are of one class, --categories can name it",
        "bad.xml:9:43: error inverted-box: xmax 3 is left of xmin 9",
      ])
    #expect(
      imported.rejections.first?.record.hasPrefix("<object>\n    <note>Möwe 🦀</note>") == true)
    #expect(imported.rejections.first?.record.hasSuffix("</object>") == true)
  }

  @Test(arguments: ["", " ", "1,5", "0x10", "1e", "--1", "1.2.3", "12px", "٣"])
  func `what is no number is no corner`(text: String) async throws {
    let imported = try await folder(
      VOCFixture.text {
        $0.fileName = "bad.png"
        $0.objects = [VOCFixture.object(), VOCFixture.object("palm", [text, "5", "20", "15"])]
      }
    ).read("voc")
    #expect(imported.allRules == ["malformed-value"])
    #expect(try imported.whole.annotations.count == 2)
    #expect(imported.isAccountedFor)
  }

  @Test(arguments: ["nan", "inf", "-Infinity", "1e999"])
  func `a corner that is not finite rejects its object`(text: String) async throws {
    let imported = try await folder(
      VOCFixture.text {
        $0.fileName = "bad.png"
        $0.objects = [VOCFixture.object(), VOCFixture.object("palm", [text, "5", "20", "15"])]
      }
    ).read("voc")
    #expect(imported.allRules == ["non-finite-box"])
    #expect(try imported.whole.annotations.count == 2)
    #expect(imported.isAccountedFor)
  }

  @Test func `a file that cannot be opened is rejected`() async throws {
    let folder = try folder(Self.sound)
    try folder.link("gone.xml", to: "nowhere.xml")
    let imported = try await folder.read("voc")
    #expect(try imported.whole.fileNames == ["bad.png", "good.png"])
    #expect(imported.faults == ["unreadable-file"])
    #expect(imported.isAccountedFor)
  }
}
