import COCO
import Formats
import TestSupport
import Testing

@Suite struct UnjudgedSizeTests {
  private static let header = "filename,width,height,class,xmin,ymin,xmax,ymax\n"

  private func read(table rows: String) async throws -> Imported {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.write(Self.header + rows, to: "boxes.csv")
    return try await folder.readUnjudged("csv")
  }

  @Test(arguments: [("64,24", [64, 24]), ("0,0", [0, 0]), (",", [32, 24])])
  func `an image of a table keeps the size that the table gives, and else has its picture's`(
    size: String, expected: [Int]
  ) async throws {
    let imported = try await read(table: "a.png,\(size),crab,1,2,11,12\n")
    #expect(imported.allRules == [])
    #expect(try imported.whole.images.map { [$0.width, $0.height] } == [expected])
  }

  @Test(arguments: ["20,2,11,12", "NaN,2,11,12", "5,2,5,12", "40,2,50,12", "1,2,99,12"])
  func `an odd box of a table is taken over without a word`(box: String) async throws {
    let imported = try await read(table: "a.png,32,24,crab,\(box)\n")
    #expect(imported.allRules == [])
    #expect(try imported.whole.annotations.count == 1)
  }

  @Test func `parts are those of the picture whatever the table says of its size`() async throws {
    let rows = (1...6).map { "a.png,64,0,crab,0.25,0.25,0.5,0.\($0)5\n" }.joined()
    let imported = try await read(table: rows)
    #expect(imported.allRules == [])
    #expect(try imported.whole.boxes[0].prefix(3) == [8, 6, 8])
  }

  @Test func `rows that contradict each other are one fault`() async throws {
    let imported = try await read(
      table: "a.png,64,48,crab,1,2,11,12\na.png,32,24,crab,1,2,11,13\n")
    #expect(imported.allRules == ["image-size-mismatch"])
    #expect(try imported.whole.images.map { [$0.width, $0.height] } == [[32, 24]])
  }

  @Test func `a mask that is not of its picture's size is taken over with its own`() async throws {
    let folder = try TemporaryFolder()
    try folder.picture("images/a.png")
    try folder.write(TinyPNG.grey([[0, 1, 1], [0, 2, 2]]), to: "masks/a.png")
    let imported = try await folder.readUnjudged("masks")
    #expect(imported.allRules == [])
    #expect(try imported.whole.images.map { [$0.width, $0.height] } == [[3, 2]])
    #expect(try imported.whole.annotations.count == 2)
  }

  @Test func `a VOC mask belongs to the picture whatever the file says of its size`() async throws {
    let folder = try TemporaryFolder()
    try folder.picture("JPEGImages/a.png", width: 3, height: 2)
    try folder.write(TinyPNG.palette([[0, 1, 1], [0, 1, 1]]), to: "SegmentationObject/a.png")
    let text = VOCFixture.text {
      $0.more = "<segmented>1</segmented>"
      $0.objects = [VOCFixture.object("crab", ["1", "0", "3", "2"])]
    }
    try folder.write(text, to: "Annotations/a.xml")
    let imported = try await folder.readUnjudged("voc")
    #expect(imported.faults == [])
    #expect(try imported.whole.images.map { [$0.width, $0.height] } == [[32, 24]])
    #expect(try imported.whole.annotations.map(\.area) == [4])
  }
}
