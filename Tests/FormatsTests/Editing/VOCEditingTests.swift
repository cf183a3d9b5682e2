import COCO
import Formats
import TestSupport
import Testing

@Suite struct VOCEditingTests {
  private static let file = """
    <?xml version="1.0"?>
    <annotation verified="a > b">
    \t<filename>a.png</filename>
    \t<size><width>32</width><height> 24 </height></size>
    \t<!-- <object> -->
    \t<object>
    \t\t<name>crab</name>
    \t\t<bndbox><ymax>15</ymax><xmin>10.0</xmin><ymin> 5 </ymin><xmax>20</xmax></bndbox>
    \t</object>
    \t<object note="/object>">
    \t\t<bndbox>
    \t\t\t<xmin>1</xmin><ymin>2</ymin><xmax>3.5</xmax><ymax>4</ymax>
    \t\t</bndbox>
    \t\t<name> eel </name><!-- </object> --><difficult/>
    \t</object>
    </annotation>
    """

  private func edit(
    _ file: String = file, pixels: ImportOptions.VOCPixels = .asWritten,
    _ fix: (inout Dataset) -> Void
  ) async throws -> EditedSources {
    let folder = try TemporaryFolder()
    try folder.write(file, to: "a.xml")
    let edited = try await folder.edit("voc", pixels: pixels) { fix(&$0[0]) }
    #expect(edited.hasExactChanges)
    return edited
  }

  private func replaced(_ pairs: (String, String)...) -> String {
    pairs.reduce(Self.file) { $0.replacing($1.0, with: $1.1) }
  }

  @Test func `only the corners that move are written`() async throws {
    let edited = try await edit {
      $0.annotations[0].box = Box(x0: 10, y0: 4.25, x1: 22, y1: 15)
      $0.annotations[0].area = 12 * 10.75
    }
    #expect(
      try edited.text
        == replaced((" 5 ", " 4.25 "), ("<xmax>20</xmax>", "<xmax>22</xmax>")))
    #expect(edited.unapplied == [])
  }

  @Test func `corners counted from 1 are written so`() async throws {
    let edited = try await edit(pixels: .oneBased) {
      $0.annotations[1].box = Box(x0: 1, y0: 1, x1: 3.5, y1: 3)
    }
    #expect(
      try edited.text
        == replaced(("<xmin>1<", "<xmin>2<"), ("<ymax>4<", "<ymax>3<")))
  }

  @Test func `a category's new name is written into each of its objects`() async throws {
    let edited = try await edit {
      let index = $0.categories.firstIndex { $0.name == "eel" } ?? 0
      $0.categories[index].name = "Aal & <Æl>"
    }
    #expect(try edited.text == replaced((" eel ", " Aal &amp; &lt;Æl&gt; ")))
    #expect(edited.unapplied == [])
  }

  @Test func `categories that are merged share a name`() async throws {
    let edited = try await edit {
      $0.categories.removeLast()
      $0.annotations[1].categoryID = 1
    }
    #expect(try edited.text == replaced((" eel ", " crab ")))
    #expect(edited.unapplied == [])
  }

  @Test func `a name is written in the file's own encoding`() async throws {
    let text = VOCFixture.text { $0.objects = [VOCFixture.object("Möwe")] }
    let latin =
      Array("<?xml version='1.0' encoding='ISO-8859-1'?>".utf8)
      + text.unicodeScalars.map { UInt8($0.value) }
    for bytes in [utf16(text), latin] {
      let folder = try TemporaryFolder()
      try folder.write(bytes, to: "a.xml")
      let edited = try await folder.edit("voc") { $0[0].categories[0].name = "Krähe" }
      try folder.write(edited)
      #expect(try await folder.read("voc").whole.classes == ["Krähe"])
    }
  }

  @Test func `the size of the picture is written`() async throws {
    let edited = try await edit {
      $0.images[0].width = 640
      $0.images[0].height = 480
    }
    #expect(
      try edited.text == replaced((">32<", ">640<"), ("> 24 <", "> 480 <")))
  }

  @Test func `an object goes with its lines`() async throws {
    let edited = try await edit { $0.annotations.removeFirst() }
    let start = try #require(Self.file.firstRange(of: "\t<object>\n\t\t<name>")).lowerBound
    let end = try #require(Self.file.firstRange(of: "\t<object note")).lowerBound
    #expect(try edited.text == String(Self.file[..<start]) + Self.file[end...])
    let both = try await edit { $0.annotations = [] }
    #expect(
      try both.text == String(Self.file[..<start]) + "</annotation>")
  }

  @Test func `an object that shares its line goes alone`() async throws {
    let file = VOCFixture.text { $0.objects = [VOCFixture.object() + VOCFixture.object("eel")] }
      .replacing("\n", with: "\r\n")
    let edited = try await edit(file) { $0.annotations.removeFirst() }
    #expect(try edited.text == file.replacing(VOCFixture.object(), with: ""))
  }

  @Test(arguments: [
    (
      "<x1>1</x1><y1>2</y1> <x2>3</x2> <y2>4</y2><x3>5</x3><y3>6</y3>",
      [[1, 2, 3.5, 4, 5, 6]], "<x1>1</x1><y1>2</y1> <x2>3.5</x2> <y2>4</y2><x3>5</x3><y3>6</y3>"
    ),
    (
      "<x1>1</x1> <y1>2</y1> <x2>3</x2> <y2>4</y2>", [[1, 2, 3, 4, 5, 6.5]],
      "<x1>1</x1> <y1>2</y1> <x2>3</x2> <y2>4</y2> <x3>5</x3> <y3>6.5</y3>"
    ),
    (
      "<pt><x>1</x><y>2</y></pt>\n<pt><x>3</x><y>4</y></pt>", [[1, 2, 3, 5]],
      "<pt><x>1</x><y>2</y></pt>\n<pt><x>3</x><y>5</y></pt>"
    ),
    (
      "<pt><x>1</x><y>2</y></pt>\n<pt><x>3</x><y>4</y></pt>", [[1, 2, 3, 5, 6, 7]],
      "<pt><x>1</x><y>2</y></pt>\n<pt><x>3</x><y>5</y></pt>\n<pt><x>6</x><y>7</y></pt>"
    ),
  ])
  func `an outline is written in the dialect it is in`(
    old: String, rings: [[Double]], new: String
  ) async throws {
    func file(_ polygon: String) -> String {
      VOCFixture.text {
        $0.objects = [
          VOCFixture.object("crab", ["0", "0", "9", "9"], "<polygon>\(polygon)</polygon>")
        ]
      }
    }
    let edited = try await edit(file(old)) {
      $0.annotations[0].segmentation = .polygons(Polygons(rings))
    }
    #expect(try edited.text == file(new))
    #expect(edited.unapplied == [])
  }

  @Test func `a ring that goes takes its element along`() async throws {
    let rings = [
      "<polygon><x1>1</x1><y1>2</y1></polygon>", "<polygon><x1>3</x1><y1>4</y1></polygon>",
    ]
    let file = VOCFixture.text {
      $0.objects = [VOCFixture.object("crab", ["0", "0", "9", "9"], rings.joined())]
    }
    let one = try await edit(file) {
      $0.annotations[0].segmentation = .polygons(Polygons([[3, 4]]))
    }
    #expect(try one.text == file.replacing(rings[0], with: ""))
    let none = try await edit(file) { $0.annotations[0].segmentation = nil }
    #expect(try none.text == file.replacing(rings.joined(), with: ""))
  }

  @Test func `what VOC cannot hold is given back`() async throws {
    let edited = try await edit {
      $0.images[0].id = 7
      for index in $0.annotations.indices { $0.annotations[index].imageID = 7 }
      $0.annotations[0].isCrowd = 1
      $0.annotations[0].area = 3
      $0.annotations[1].segmentation = .polygons(Polygons([[1, 2, 3, 4, 5, 6]]))
      $0.annotations[1].id = 99
      $0.categories[0].id = 5
      $0.annotations[0].categoryID = 5
    }
    #expect(edited.files == [])
    #expect(
      Set(edited.unapplied.map { "\($0.field?.rawValue ?? "record"): \($0.reason)" }) == [
        "id: VOC files hold no id that could be changed", "iscrowd: VOC files hold no iscrowd",
        "area: VOC files hold no area",
        "segmentation: the outline is not in the file as corners",
        "id: VOC files hold no id", "id: files hold the names of categories only",
      ])
  }

  @Test func `an image does not go, nor what is on it`() async throws {
    let edited = try await edit {
      $0.images = []
      $0.annotations = []
    }
    #expect(edited.files == [])
    #expect(
      edited.unapplied.map(\.reason) == ["the image is a separate file, which is not deleted"])
    #expect(edited.unapplied[0].record == RecordReference(.image, 0))
  }

  @Test func `a file that two splits list is edited once`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(VOCFixture.text(), to: "Annotations/a.xml")
    try folder.write("a\n", to: "ImageSets/Main/train.txt")
    try folder.write("a\n", to: "ImageSets/Main/val.txt")
    let edited = try await folder.edit("voc") {
      for index in $0.indices { $0[index].annotations[0].box?.x = 9 }
      for index in $0.indices { $0[index].annotations[0].box?.width = 11 }
    }
    #expect(try edited.text == VOCFixture.text().replacing("<xmin>10<", with: "<xmin>9<"))
    #expect(edited.unapplied == [])
  }
}
