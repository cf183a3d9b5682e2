import COCO
import Files
import TestSupport
import Testing

@testable import Formats

@Suite("Tables of boxes")
struct CSVImporterTests {
  @Test(arguments: CSVVariants.all)
  func `every form gives the same boxes`(_ variant: CSVVariants.Variant) async throws {
    let fixture = try TemporaryFolder(table: "")
    try fixture.gif("c.gif", width: 8, height: 8)
    try fixture.write(variant.table, to: "table.csv")
    var options = ImportOptions()
    options.csvColumns = variant.columns
    let imported = try await fixture.readTable("table.csv", options)
    #expect(imported.objects == CSVVariants.truth)
    #expect(imported.rejections == [])
    #expect(imported.findings == [])
    #expect(imported.unaccounted == RecordCounts())
  }

  @Test(
    arguments: CSVVariants.all.filter(\.columns.isEmpty))
  func `every form that needs no telling is recognised`(_ variant: CSVVariants.Variant) throws {
    let fixture = try TemporaryFolder()
    try fixture.write(variant.table, to: "table.csv")
    #expect(try fixture.tableEvidence() != nil)
  }

  static let otherTables = [
    ("a list of classes", "classes.csv", "cat,0\ndog,1\n"),
    ("descriptions", "class-descriptions-boxable.csv", "/m/01,Cat\n"),
    ("measurements", "table.csv", "epoch,loss,mAP\n1,0.5,0.2\n"),
    ("images and labels", "table.csv", "image,label\na.jpg,cat\n"),
    ("six numbers a row", "table.csv", "1,2,3,4,5,6\n2,3,4,5,6,7\n"),
    ("nothing", "table.csv", ""),
    ("zero bytes", "table.csv", "a\0b\0"),
  ]

  @Test(arguments: otherTables)
  func `what is no table of boxes is not claimed`(
    _ other: (what: String, name: String, text: String)
  ) throws {
    let fixture = try TemporaryFolder()
    try fixture.write(other.text, to: other.name)
    #expect(try fixture.tableEvidence(other.name) == nil)
  }

  @Test func `the sample gives the very boxes of the truth`() async throws {
    let samples = Samples.folder
    let imported = try await CSVImporter(ImportOptions()).read([InputTree("\(samples)/csv")])
    let file = try InputFile("\(samples)/expected.json")
    let truth = try await COCOReader(tasks: OrderedTasks(threads: 1)).read(file, source: 0)
      .dataset
    #expect(imported.findings == [])
    #expect(imported.objects == Imported(truth).objects)
  }

  @Test func `neither threads nor the size of pieces change anything`() async throws {
    let rows = (0..<400).map { index in
      index % 7 == 0
        ? "\"p\(index % 13).gif\",\"c,\",\(index),2,\(index + 9),8,\"say \"\"a,\nb\"\"\""
        : "p\(index % 13).gif,\(index % 11 == 0 ? "\"" : "")c,1,2,\(index % 5 == 0 ? "x" : "9"),8,"
    }
    let table = (["image,class,xmin,ymin,xmax,ymax,remark"] + rows).joined(separator: "\n")
    let fixture = try TemporaryFolder(table: table)
    func boxes(threads: Int, pieceBytes: Int) async throws -> [String] {
      var options = ImportOptions()
      options.tasks = OrderedTasks(threads: threads)
      let reader = CSVTableReader(options: options, pieceBytes: pieceBytes)
      let table = try await reader.read(fixture.path("table.csv"), source: 0)
      var imported = Imported()
      table.handOver(to: &imported)
      var lines = imported.rejections.map { "\($0.finding) \($0.record)" }
      for picture in table.pictures.indices {
        lines.append(table.pictures[picture].name)
        table.forEachRow(of: picture) { _, row in
          lines.append("\(table.labels[Int(row.label)].name) \(row.first) \(row.offset)")
        }
      }
      return lines
    }
    let whole = try await boxes(threads: 1, pieceBytes: 1 << 20)
    #expect(whole.count == 13 + 400)
    #expect(try await boxes(threads: 3, pieceBytes: 100) == whole)
  }

  @Test func `columns that mean nothing else become attributes of their type`() async throws {
    let fixture = try TemporaryFolder(
      table: """
        image,class,xmin,ymin,xmax,ymax,Score,difficult,IsOccluded,views,zip,remark,IsDepiction
        a.gif,cat,10,20,40,60,0.5,1,0,12,007,"soft, grey",-1
        """)
    let annotation = try #require(try await fixture.readTable().datasets.first?.annotations.first)
    #expect(
      annotation.attributes == [
        "confidence": 0.5, "difficult": 1, "occluded": 0, "views": 12, "zip": "007",
        "remark": "soft, grey", "IsDepiction": -1,
      ])
  }

  @Test func `every row has its own attributes`() async throws {
    let fixture = try TemporaryFolder(
      table: """
        image,class,x,y,w,h,pose,views,iscrowd
        a.gif,cat,1,2,3,4,left,1,0
        a.gif,cat,1,2,3,4,,,
        a.gif,cat,1,2,3,4,left,1,1
        a.gif,cat,1,2,3,4,"le""ft",,
        a.gif,cat,1,2,3,4,left,1,0
        """)
    let annotations = try #require(try await fixture.readTable().datasets.first?.annotations)
    #expect(
      annotations.map(\.attributes) == [
        ["pose": "left", "views": 1], [:], ["pose": "left", "views": 1], ["pose": "le\"ft"],
        ["pose": "left", "views": 1],
      ])
    #expect(annotations.map(\.isCrowd) == [0, 0, 1, 0, 0])
  }

  @Test(
    arguments: [("IsGroupOf", "1", 1), ("iscrowd", "True", 1), ("is_crowd", "0", 0)])
  func `groups and crowds are crowds`(_ sample: (column: String, value: String, isCrowd: Int))
    async throws
  {
    let fixture = try TemporaryFolder(
      table: "image,class,x,y,w,h,\(sample.column)\na.gif,cat,1,2,3,4,\(sample.value)\n")
    let annotation = try #require(try await fixture.readTable().datasets.first?.annotations.first)
    #expect(annotation.isCrowd == sample.isCrowd)
    #expect(annotation.attributes.isEmpty)
  }

  @Test
  func `difficult objects are left out, with the reason, where that is asked for`() async throws {
    let fixture = try TemporaryFolder(
      table: "image,class,x,y,w,h,difficult\na.gif,cat,1,2,3,4,1\na.gif,cat,5,6,7,8,0\n")
    var options = ImportOptions()
    options.difficult = .drop
    let imported = try await fixture.readTable("table.csv", options)
    #expect(imported.objects == ["a.gif cat 5 6 7 8"])
    #expect(fixture.places(imported) == ["2:1 difficult-object"])
  }

  @Test func `a list of several boxes is several objects`() async throws {
    let fixture = try TemporaryFolder(
      table: "image_id,bbox\na,\"[[1, 2, 3, 4], [5, 6, 7, 8]]\"\nb,[]\n")
    let imported = try await fixture.readTable()
    #expect(imported.objects == ["a.gif object 1 2 3 4", "a.gif object 5 6 7 8"])
    #expect(imported.read == RecordCounts(images: 2, annotations: 2))
  }

  @Test func `rows of one picture may stand anywhere`() async throws {
    let fixture = try TemporaryFolder(
      table: "image,class,x,y,w,h\nb.gif,cat,1,1,1,1\na.gif,dog,2,2,2,2\nb.gif,dog,3,3,3,3\n")
    #expect(
      try await fixture.readTable().objects == [
        "a.gif dog 2 2 2 2", "b.gif cat 1 1 1 1", "b.gif dog 3 3 3 3",
      ])
  }
}

extension Imported {
  fileprivate init(_ dataset: Dataset) {
    self.init()
    datasets = [dataset]
  }
}
