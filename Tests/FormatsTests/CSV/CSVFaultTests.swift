import COCO
import TestSupport
import Testing

@testable import Formats

@Suite("Faults in tables")
struct CSVFaultTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    var what: String
    var row: String
    var place: String
    var header = "image,class,xmin,ymin,xmax,ymax"

    var testDescription: String { what }
  }

  static let faults = [
    Fault(what: "cut short", row: "a.gif,cat,1,2", place: "3:14 missing-field"),
    Fault(what: "empty coordinate", row: "a.gif,cat,1,2,,4", place: "3:15 missing-field"),
    Fault(what: "blank coordinate", row: "a.gif,cat,1,2, ,4", place: "3:15 missing-field"),
    Fault(what: "empty class", row: "a.gif,,1,2,3,4", place: "3:7 missing-field"),
    Fault(what: "empty image", row: ",cat,1,2,3,4", place: "3:1 missing-field"),
    Fault(what: "text", row: "a.gif,cat,1,2,12px,4", place: "3:15 malformed-value"),
    Fault(what: "hexadecimal", row: "a.gif,cat,1,2,0x3,4", place: "3:15 malformed-value"),
    Fault(what: "comma in a number", row: "a.gif,cat,1,2,\"5,5\",4", place: "3:16 malformed-value"),
    Fault(what: "behind a long letter", row: "ä.gif,cat,1,2,x,4", place: "3:15 malformed-value"),
    Fault(what: "too many fields", row: "a.gif,cat,1,2,3,4,5", place: "3:19 unknown-field-count"),
    Fault(what: "open quote", row: "a.gif,\"cat,1,2,3,4", place: "3:7 malformed-file"),
    Fault(what: "text behind a quote", row: "\"a\".gif,cat,1,2,3,4", place: "3:1 malformed-file"),
    Fault(what: "not a number", row: "a.gif,cat,1,2,nan,4", place: "3:1 non-finite-box"),
    Fault(what: "beyond any number", row: "a.gif,cat,1,2,1e400,4", place: "3:1 non-finite-box"),
    Fault(
      what: "three numbers in a list", row: "a.gif,cat,\"[1, 2, 3]\"",
      place: "3:12 malformed-value",
      header: "image,class,bbox"),
    Fault(
      what: "words in a list", row: "a.gif,cat,\"[1, 2, x, 4]\"", place: "3:12 malformed-value",
      header: "image,class,bbox"),
    Fault(
      what: "a line", row: "a.gif,cat,LINESTRING (1 2)", place: "3:11 malformed-value",
      header: "image,class,wkt"),
    Fault(
      what: "two corners", row: "a.gif,cat,\"POLYGON ((1 2, 3 4, 1 2))\"",
      place: "3:12 malformed-value", header: "image,class,wkt"),
    Fault(
      what: "open bracket", row: "a.gif,cat,\"POLYGON ((1 2, 3 4, 1 2)\"",
      place: "3:12 malformed-value", header: "image,class,wkt"),
    Fault(
      what: "a point",
      row: #"a.gif,"{""name"":""point"",""cx"":1,""cy"":2}","{""class"":""cat""}""#,
      place: "3:8 malformed-value", header: "filename,region_shape_attributes,region_attributes"),
    Fault(
      what: "a region without class",
      row: #"a.gif,"{""name"":""rect"",""x"":1,""y"":2,""width"":3,""height"":4}","{}""#,
      place: "3:71 missing-field", header: "filename,region_shape_attributes,region_attributes"),
    Fault(
      what: "broken JSON", row: #"a.gif,"{""name"":""rect""","{}""#, place: "3:8 malformed-value",
      header: "filename,region_shape_attributes,region_attributes"),
  ]

  /// A row that is good under the fault's header.
  private static func goodRow(_ fault: Fault) -> String {
    switch fault.header.split(separator: ",").last {
    case "bbox": "b.gif,dog,\"[5, 6, 7, 8]\""
    case "wkt": "b.gif,dog,\"POLYGON ((5 6, 12 6, 12 14, 5 14))\""
    case "region_attributes":
      #"b.gif,"{""name"":""rect"",""x"":5,""y"":6,""width"":7,""height"":8}","{""class"":""dog""}""#
    default: "b.gif,dog,5,6,12,14"
    }
  }

  @Test(arguments: faults)
  func `a bad row is left out with its place, and none of its neighbours`(_ fault: Fault)
    async throws
  {
    let good = Self.goodRow(fault)
    let fixture = try TemporaryFolder(
      table: "\(fault.header)\n\(good)\n\(fault.row)\n\(good)\n\(good)\n")
    try fixture.gif("ä.gif", width: 4, height: 4)
    let imported = try await fixture.readTable()
    #expect(fixture.places(imported) == [fault.place])
    #expect(imported.objects == [String](repeating: "b.gif dog 5 6 7 8", count: 3))
    #expect(imported.unaccounted == RecordCounts())
  }

  @Test func `a rejected row is kept as it stood`() async throws {
    let fixture = try TemporaryFolder(table: "image,class,x,y,w,h\r\na.gif,\"c,at\",1,2,3,x\r\n")
    #expect(try await fixture.readTable().rejections.map(\.record) == ["a.gif,\"c,at\",1,2,3,x"])
  }

  @Test func `the message names the column and what stood there`() async throws {
    let fixture = try TemporaryFolder(table: "image,class,Left,top,w,h\na.gif,cat,12px,2,3,4\n")
    let messages = try await fixture.readTable().rejections.map(\.finding.message)
    #expect(messages == ["Left: expected a number, found \"12px\""])
  }

  @Test func `a quote that swallows rows spoils its own line only`() async throws {
    let fixture = try TemporaryFolder(
      table: """
        image,class,x,y,w,h
        a.gif,"cat,1,2,3,4
        a.gif,dog,5,6,7,8
        a.gif,cat",1,2,3,4
        a.gif,dog,5,6,7,8
        """)
    let imported = try await fixture.readTable()
    #expect(fixture.places(imported).contains("2:7 malformed-file"))
    #expect(imported.objects.count { $0 == "a.gif dog 5 6 7 8" } == 2)
  }

  static let unusable = [
    ("nothing", "", "1:1 malformed-file"),
    ("blank lines", "\n\n", "1:1 malformed-file"),
    ("unknown columns", "a,b\n1,2\n", "1:1 missing-field"),
    ("no ymax", "image,width,height,xmin,ymin,xmax\na.gif,9,8,1,2,3\n", "1:1 missing-field"),
    ("no xmax", "image,width,height,xmin,ymin,ymax\na.gif,9,8,1,2,3\n", "1:1 missing-field"),
    ("UTF-16 without a mark", "i\0m\0", "1:2 unsupported-encoding"),
  ]

  @Test(arguments: unusable)
  func `a table that cannot be read is reported, and nothing is read`(
    _ table: (what: String, text: String, place: String)
  ) async throws {
    let fixture = try TemporaryFolder(table: table.text)
    let imported = try await fixture.readTable()
    #expect(fixture.places(imported) == [table.place])
    #expect(imported.datasets == [])
    #expect(imported.read == RecordCounts())
  }

  @Test func `columns that are not found lead to --csv-columns`() async throws {
    let fixture = try TemporaryFolder(table: "a,b\n1,2\n")
    let imported = try await fixture.readTable()
    #expect(imported.findings.first?.message.contains("--csv-columns") == true)
  }

  @Test(
    arguments: [["image": "nowhere"], ["picture": "image"], ["image": "9"]])
  func `a column or role that does not exist is an error`(_ columns: [String: String]) async throws
  {
    var options = ImportOptions()
    options.csvColumns = columns
    let fixture = try TemporaryFolder(table: CSVVariants.tensorFlow)
    let imported = try await fixture.readTable("table.csv", options)
    #expect(fixture.places(imported) == ["1:1 missing-field"])
    #expect(imported.datasets == [])
  }

  @Test func `a header without rows is reported`() async throws {
    let fixture = try TemporaryFolder(table: "image,class,x,y,w,h\n")
    let imported = try await fixture.readTable()
    #expect(fixture.places(imported) == ["1:1 empty-table"])
    #expect(imported.datasets.map(\.images.count) == [0])
  }

  @Test func `bytes that are no UTF-8 spoil their row`() async throws {
    let fixture = try TemporaryFolder(table: "")
    let rows = ["image,class,x,y,w,h\na.gif,k", "se,1,2,3,4\na.gif,dog,5,6,7,8\n"]
    try fixture.write(Array(rows[0].utf8) + [0xE4] + Array(rows[1].utf8), to: "table.csv")
    let imported = try await fixture.readTable()
    #expect(fixture.places(imported) == ["2:7 malformed-value"])
    #expect(imported.objects == ["a.gif dog 5 6 7 8"])
  }

  @Test func `blanks around a class are left out and reported once`() async throws {
    let fixture = try TemporaryFolder(
      table: "image,class,x,y,w,h\na.gif,cat,1,2,3,4\na.gif, cat ,1,2,3,4\nb.gif, cat ,1,2,3,4\n")
    let imported = try await fixture.readTable()
    #expect(imported.datasets.first?.categories.map(\.name) == ["cat"])
    #expect(fixture.places(imported) == ["3:1 blank-padded-name"])
  }
}
