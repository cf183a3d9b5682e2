import COCO
import Formats
import Testing

@Suite struct VOCExporterTests {
  @Test func `a picture is written as VOC has it`() throws {
    let texts = try exporter("voc").export([beach()]).texts
    #expect(
      texts["Annotations/a.xml"] == """
        <annotation>
        \t<folder>JPEGImages</folder>
        \t<filename>a.jpg</filename>
        \t<size>
        \t\t<width>320</width>
        \t\t<height>240</height>
        \t\t<depth>3</depth>
        \t</size>
        \t<segmented>0</segmented>
        \t<object>
        \t\t<name>palm: tall</name>
        \t\t<pose>Left</pose>
        \t\t<truncated>1</truncated>
        \t\t<difficult>0</difficult>
        \t\t<occluded>1</occluded>
        \t\t<bndbox>
        \t\t\t<xmin>190</xmin>
        \t\t\t<ymin>67</ymin>
        \t\t\t<xmax>256</xmax>
        \t\t\t<ymax>139</ymax>
        \t\t</bndbox>
        \t</object>
        \t<object>
        \t\t<name>crab</name>
        \t\t<pose>Unspecified</pose>
        \t\t<truncated>0</truncated>
        \t\t<difficult>0</difficult>
        \t\t<colour>red, "dark" &lt;2&gt;</colour>
        \t\t<legs>8</legs>
        \t\t<weight>0.25</weight>
        \t\t<bndbox>
        \t\t\t<xmin>48.24</xmin>
        \t\t\t<ymin>0.5</ymin>
        \t\t\t<xmax>195.97</xmax>
        \t\t\t<ymax>12.5</ymax>
        \t\t</bndbox>
        \t</object>
        </annotation>

        """)
  }

  @Test func `one ring becomes a polygon`() throws {
    let text = try #require(
      try exporter("voc").export([beach()]).texts["Annotations/süd/b & c.xml"])
    #expect(text.contains("<filename>süd/b &amp; c.png</filename>"))
    #expect(
      text.contains(
        """
        \t\t<polygon>
        \t\t\t<x1>1</x1>
        \t\t\t<y1>2</y1>
        \t\t\t<x2>11</x2>
        \t\t\t<y2>2</y2>
        \t\t\t<x3>1</x3>
        \t\t\t<y3>22</y3>
        \t\t</polygon>
        """))
  }

  @Test func `a set without splits is listed as train, which is reported`() throws {
    let exported = try exporter("voc").export([beach()])
    #expect(
      exported.paths == [
        "Annotations/a.xml", "Annotations/süd/b & c.xml", "Annotations/süd/empty.xml",
        "ImageSets/Main/train.txt",
      ])
    #expect(exported.texts["ImageSets/Main/train.txt"] == "a\nsüd/b & c\nsüd/empty\n")
    let lists = "ImageSets/Main/train.txt lists all its images"
    #expect(exported.notes.contains { $0.hasSuffix(lists) })
    let split = try exporter("voc").export([beach(split: "val")])
    #expect(!split.notes.contains { $0.hasSuffix(lists) })
    #expect(try exporter("voc").export([Dataset()]).files.isEmpty)
  }

  @Test func `splits that agree on a picture share its file`() throws {
    let exported = try exporter("voc").export([beach(split: "train"), beach(split: "trainval")])
    let list = "a\nsüd/b & c\nsüd/empty\n"
    #expect(exported.files.count == 5)
    #expect(exported.texts["ImageSets/Main/train.txt"] == list)
    #expect(exported.texts["ImageSets/Main/trainval.txt"] == list)
  }

  @Test func `splits that disagree on a picture get folders of their own`() throws {
    let other = oneCrab { $0.split = "val" }
    let exported = try exporter("voc").export([beach(split: "train"), other])
    #expect(exported.texts["ImageSets/Main/val.txt"] == "val/a\n")
    #expect(exported.texts["Annotations/val/a.xml"]?.contains(">val/a.jpg<") == true)
    #expect(exported.texts["Annotations/train/a.xml"]?.contains(">train/a.jpg<") == true)
    #expect(exported.count("images") == 0)
  }

  @Test func `a second picture of one stem is left out with the reason`() throws {
    let exported = try exporter("voc").export([
      oneCrab { dataset in
        dataset.images.append(Image(id: 2, fileName: "a.png", width: 5, height: 5))
        dataset.annotations.append(dataset.annotations[0])
        dataset.annotations[1].imageID = 2
        dataset.annotations[1].id = 2
      }
    ])
    #expect(exported.paths == ["Annotations/a.xml", "ImageSets/Main/train.txt"])
    #expect(exported.texts["Annotations/a.xml"]?.contains("a.jpg") == true)
    let reason = "its label file is that of a.jpg"
    #expect(exported.unwritable == [LeftOutRecord(.image, dataset: 0, index: 1, reason)])
    #expect(exported.losses.isEmpty)
  }

  @Test func `what else is known of a picture goes back to its place`() throws {
    let exported = try exporter("voc").export([
      oneCrab {
        $0.images[0].extra = [
          "folder": "VOC2012", "source": .object(["database": "copra"]), "segmented": 1,
        ]
      }
    ])
    let text = try #require(exported.texts["Annotations/a.xml"])
    #expect(
      text.hasPrefix(
        """
        <annotation>
        \t<folder>VOC2012</folder>
        \t<filename>a.jpg</filename>
        \t<source>
        \t\t<database>copra</database>
        \t</source>
        \t<size>
        """))
    #expect(text.contains("<segmented>1</segmented>"))
    #expect(exported.losses.isEmpty)
  }

  @Test(arguments: [
    ("a&b<c>d", "a&amp;b&lt;c&gt;d", 0), ("\"'", "\"'", 0), ("a\r\nb\t", "a&#13;\nb\t", 0),
    ("\u{0}\u{1F}\u{FFFE}", "\u{FFFD}\u{FFFD}\u{FFFD}", 1),
    ("\u{7F}\u{1F980}", "\u{7F}\u{1F980}", 0),
    ("\u{FFFD}\u{FEFF}", "\u{FFFD}\u{FEFF}", 0), ("", "", 0),
  ])
  func `text is escaped`(text: String, escaped: String, losses: Int) throws {
    let exported = try exporter("voc").export([
      oneCrab { $0.annotations[0].attributes = ["note": .string(text)] }
    ])
    let written = try #require(exported.texts["Annotations/a.xml"])
    #expect(written.unicodeScalars.contains("<note>\(escaped)</note>".unicodeScalars))
    #expect(exported.count("texts with characters that XML cannot hold") == losses)
  }

  @Test(
    arguments: [
      ("name", "x"), ("bndbox", "x"), ("polygon", "x"), ("two words", "x"), ("1st", "x"), ("", "x"),
      ("größe", "x"), ("list", [1]), ("lists", [[1, 2], 3]), ("nothing", .null),
      ("empty", .object([:])),
      ("infinite", .number(.infinity)),
    ] as [(String, JSONValue)])
  func `an attribute that no element can hold is counted`(name: String, value: JSONValue) throws {
    let exported = try exporter("voc").export([
      oneCrab { $0.annotations[0].attributes = JSONObject([.init(name: name, value: value)]) }
    ])
    #expect(exported.count("annotations written without all of their attributes") == 1)
    let plain = try exporter("voc").export([oneCrab()])
    #expect(exported.texts == plain.texts)
  }
}
