import COCO
import TestSupport
import Testing

@testable import Formats

@Suite("Tables without a header")
struct CSVHeaderlessTests {
  struct Table: Sendable, CustomTestStringConvertible {
    var what: String
    var rows: String
    var objects: [String]

    var testDescription: String { what }
  }

  static let proven = [
    Table(
      what: "blanks between, further columns behind",
      rows:
        "a.gif 50 24 74 60 0 \"car\"\na.gif 72 6 86 42 1 \"light\" \"Red\"\nb.gif 30 2 44 30 0 \"car\"\n",
      objects: ["a.gif car 50 24 24 36", "a.gif light 72 6 14 36", "b.gif car 30 2 14 28"]),
    Table(
      what: "class, extent, picture, its size",
      rows:
        "cat,10,20,30,40,a.gif,100,80\ndog,60,40,30,30,a.gif,100,80\ncat,5,4,20,10,b.gif,50,40\n",
      objects: ["a.gif cat 10 20 30 40", "a.gif dog 60 40 30 30", "b.gif cat 5 4 20 10"]),
    Table(
      what: "picture, corners, class, the picture's size",
      rows: "a.gif,10,20,40,60,cat,100,80\nb.gif,5,4,25,14,dog,50,40\n",
      objects: ["a.gif cat 10 20 30 40", "b.gif dog 5 4 20 10"]),
    Table(
      what: "extents where corners were usual",
      rows: "a.gif,60,20,30,40,cat\na.gif,50,40,40,30,dog\nb.gif,25,4,20,10,cat\n",
      objects: ["a.gif cat 60 20 30 40", "a.gif dog 50 40 40 30", "b.gif cat 25 4 20 10"]),
    Table(
      what: "a counter first",
      rows: "0,a.gif,60,20,90,60,cat\n1,a.gif,50,40,90,70,dog\n2,b.gif,25,4,45,14,cat\n",
      objects: ["a.gif cat 60 20 30 40", "a.gif dog 50 40 40 30", "b.gif cat 25 4 20 10"]),
    Table(
      what: "the size between picture and class",
      rows: "a.gif\t100\t80\tcat\t60\t20\t90\t60\nb.gif\t50\t40\tdog\t25\t4\t45\t14\n",
      objects: ["a.gif cat 60 20 30 40", "b.gif dog 25 4 20 10"]),
    Table(
      what: "numbers as classes, behind semicolons",
      rows: "3;a.gif;60;20;90;60\n7;b.gif;25;4;45;14\n",
      objects: ["a.gif 3 60 20 30 40", "b.gif 7 25 4 20 10"]),
    Table(
      what: "sides before sides",
      rows: "a.gif,60,90,20,60,cat\na.gif,10,90,50,60,cat\nb.gif,25,45,14,24,dog\n",
      objects: ["a.gif cat 60 20 30 40", "a.gif cat 10 50 80 10", "b.gif dog 25 14 20 10"]),
    Table(
      what: "Google's set, address, label and corners, of which two may be missing",
      rows: "TRAIN,gs://bucket/x/a.gif,cat,0.1,0.25,,,0.4,0.75,,\n"
        + "TRAIN,gs://bucket/x/b.gif,dog,0.1,0.1,0.5,0.1,0.5,0.35,0.1,0.35\nTRAIN,gs://bucket/c.gif,,,,,,,,,\n",
      objects: ["a.gif cat 10 20 30 40", "b.gif dog 5 4 20 10"]),
    Table(
      what: "corners of quadrilaterals",
      rows: "a.gif,10,20,40,25,38,60,12,50,\"ab, c\"\nb.gif,5,4,25,4,25,14,5,14,d\n",
      objects: ["a.gif ab, c 10 20 30 40", "b.gif d 5 4 20 10"]),
  ]

  @Test(arguments: proven)
  func `the data prove what the columns hold, and the evidence is told`(_ table: Table) async throws
  {
    let fixture = try TemporaryFolder(table: table.rows)
    try fixture.gif("c.gif", width: 8, height: 8)
    let imported = try await fixture.readTable()
    #expect(imported.objects == table.objects)
    #expect(imported.rejections == [])
    #expect(imported.unaccounted == RecordCounts())
    #expect(imported.notes.contains { $0.contains("there is no header: column") })
    #expect(try fixture.tableEvidence() != nil)
  }

  static let open = [
    ("two texts", "a.gif,60,20,90,60,cat,John\nb.gif,25,4,45,14,dog,Jane\n"),
    ("a blank in a class", "a.gif 60 20 90 60 traffic light\nb.gif 25 4 45 14 car\n"),
    (
      "parts that are corners as well as extents",
      "a.gif,cat,0.1,0.1,0.5,0.6\nb.gif,dog,0.2,0.2,0.3,0.4\n"
    ),
    ("pixels that are corners as well as extents", "cat,a.gif,10,10,30,40\ndog,b.gif,5,5,20,20\n"),
  ]

  @Test(arguments: open)
  func `what the data leave open is asked for, and nothing is read`(
    _ table: (what: String, rows: String)
  ) async throws {
    let fixture = try TemporaryFolder(table: table.rows)
    let imported = try await fixture.readTable()
    #expect(fixture.places(imported) == ["1:1 missing-field"])
    #expect(imported.findings.first?.message.contains("--csv-columns image=") == true)
    #expect(imported.datasets == [])
  }

  static let boxless = [
    ("sizes and channels below a header", "Image_Path,Height,Width,Channels,Class\n", "64,64,3"),
    ("other words above", "bild,hoch,breit,kanal,klasse\n", "64,64,3"),
    ("no header", "", "64,64,3"),
  ]

  @Test(arguments: boxless)
  func `sizes of pictures are no boxes, and the table is described`(
    _ table: (what: String, header: String, size: String)
  )
    async throws
  {
    for row in [{ (_: Int) in table.size }, { "\(60 + $0),\(80 + 2 * $0),3" }] {
      let rows = (0..<8).map { "a\($0).gif,\(row($0)),\(1 + $0 % 2)\n" }.joined()
      let fixture = try TemporaryFolder(table: table.header + rows, pictures: false)
      let imported = try await fixture.readTable()
      #expect(fixture.places(imported) == ["1:1 missing-field"])
      #expect(imported.datasets == [])
      #expect(imported.rejections == [])
    }
  }

  @Test
  func `a header of unknown words is none of the rows, and the data tell the columns`() async throws
  {
    let fixture = try TemporaryFolder(
      table:
        "foto,p,q,r,s,tier\na.gif,60,20,30,40,cat\na.gif,50,40,40,30,dog\nb.gif,25,4,20,10,cat\n")
    let imported = try await fixture.readTable()
    #expect(
      imported.objects == [
        "a.gif cat 60 20 30 40", "a.gif dog 50 40 40 30", "b.gif cat 25 4 20 10",
      ])
    #expect(imported.read.annotations == 3)
    #expect(imported.rejections == [])
    #expect(
      imported.notes.contains { $0.contains("the header leaves open what the columns mean") })
  }

  @Test
  func `what only habit would tell is asked for below a header of unknown words`() async throws {
    let fixture = try TemporaryFolder(
      table: "foto,p,q,r,s,tier\na.gif,10,10,30,40,cat\nb.gif,5,5,20,20,dog\n")
    let imported = try await fixture.readTable()
    #expect(imported.datasets == [])
    #expect(imported.findings.first?.message.contains("--csv-columns image=foto,xmin=p") == true)
  }

  @Test
  func `a set column of Google's tables makes splits, and what is unassigned is in none`()
    async throws
  {
    let fixture = try TemporaryFolder(
      table:
        "TRAIN,gs://b/a.gif,cat,0.1,0.25,,,0.4,0.75,,\nUNASSIGNED,gs://b/b.gif,cat,0.1,0.1,,,0.5,0.35,,\n"
    )
    let imported = try await fixture.readTable()
    #expect(imported.datasets.map(\.split) == ["train", nil])
  }

  @Test func `true quadrilaterals stay as outlines, those around a box do not`() async throws {
    let fixture = try TemporaryFolder(
      table:
        "name,x1,y1,x2,y2,x3,y3,x4,y4,label\na.gif,10,20,40,25,38,60,8,50,t\na.gif,1,2,9,2,9,8,1,8,t\n"
    )
    let imported = try await fixture.readTable()
    let outline = Segmentation.polygons(Polygons([[10, 20, 40, 25, 38, 60, 8, 50]]))
    #expect(imported.datasets.first?.annotations.map(\.segmentation) == [outline, nil])
    #expect(imported.objects == ["a.gif t 8 20 32 40", "a.gif t 1 2 8 6"])
  }

  @Test func `a row with one of the corners left out is rejected`() async throws {
    let fixture = try TemporaryFolder(
      table: "name,x1,y1,x2,y2,x3,y3,x4,y4,label\na.gif,10,,40,25,38,60,8,50,t\nb.gif,,,,,,,,,\n")
    let imported = try await fixture.readTable()
    #expect(fixture.places(imported) == ["2:10 missing-field"])
    #expect(imported.read == RecordCounts(images: 2, annotations: 1))
  }

  @Test
  func `a text is a table where nothing else is there, and only a hint of the format`() async throws
  {
    let fixture = try TemporaryFolder()
    try fixture.addPictures()
    try fixture.write("a.gif;60;20;90;60;11\nb.gif;25;4;45;14;40\n", to: "gt.txt")
    try fixture.write("This set was made by hand.\n", to: "ReadMe.txt")
    let imported = try await fixture.readTable("")
    #expect(imported.objects == ["a.gif 11 60 20 30 40", "b.gif 40 25 4 20 10"])
    #expect(imported.findings == [])
    #expect(try fixture.tableEvidence("")?.isFirm == false)
  }
}
