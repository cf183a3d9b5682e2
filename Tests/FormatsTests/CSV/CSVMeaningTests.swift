import COCO
import TestSupport
import Testing

@testable import Formats

@Suite("What tables mean")
struct CSVMeaningTests {
  @Test func `numbers within 0…1 are parts of the picture, all others pixels`() async throws {
    let rows = (1...6).map { "a.gif,cat,0.\($0),0.5,0.\($0)5,1" }.joined(separator: "\n")
    let fixture = try TemporaryFolder(table: "image,class,xmin,ymin,xmax,ymax\n\(rows)\n")
    let imported = try await fixture.readTable()
    #expect(imported.objects.first == "a.gif cat 10 40 5 40")
    #expect(imported.findings == [])
    #expect(imported.notes.contains { $0.contains("coordinates are normalised") })
  }

  static let doubts = [
    ("a handful of rows", "a.gif,cat,0.1,0.5,0.2,1\n", "a.gif cat 10 40 10 40"),
    (
      "zeros and ones", String(repeating: "a.gif,cat,0,0,1,1\n", count: 9), "a.gif cat 0 0 100 80"
    ),
    (
      "one box of pixels among parts",
      String(repeating: "a.gif,cat,0.1,0.5,0.2,1\n", count: 9) + "a.gif,cat,1,2,3,4\n",
      "a.gif cat 10 40 10 40"
    ),
    (
      "one box of parts among pixels",
      String(repeating: "a.gif,cat,1,2,3,4\n", count: 9) + "a.gif,cat,0.1,0.5,0.2,1\n",
      "a.gif cat 1 2 2 2"
    ),
  ]

  @Test(arguments: doubts)
  func `weak evidence of the units is reported`(
    _ doubt: (what: String, rows: String, first: String)
  ) async throws {
    let fixture = try TemporaryFolder(table: "image,class,xmin,ymin,xmax,ymax\n" + doubt.rows)
    let imported = try await fixture.readTable()
    #expect(imported.findings.map(\.rule).contains("ambiguous-units"))
    #expect(imported.objects.first == doubt.first)
  }

  @Test func `the user's word on the units decides without a finding`() async throws {
    let fixture = try TemporaryFolder(table: "image,class,x,y,w,h\na.gif,cat,0,0,1,1\n")
    var options = ImportOptions()
    options.csvUnits = .pixels
    let imported = try await fixture.readTable("table.csv", options)
    #expect(imported.objects == ["a.gif cat 0 0 1 1"])
    #expect(imported.findings == [])
  }

  private static func rows(_ classes: [String], header: String = "class") -> String {
    "image,x,y,w,h,\(header)\n" + classes.map { "a.gif,1,2,3,4,\($0)\n" }.joined()
  }

  static let orders: [(String, String, String?, [String]?, [String])] = [
    ("by name", rows(["b", "a"]), nil, nil, ["a", "b"]),
    ("by number", rows(["10", "9"]), nil, nil, ["9", "10"]),
    ("by a column of ids", rows(["b,0", "a,1"], header: "class,class_id"), nil, nil, ["b", "a"]),
    ("by classes.csv", rows(["a", "b"]), "b,0\nc,1\na,2\n", nil, ["b", "c", "a"]),
    ("numbers by classes.csv", rows(["2", "0"]), "b,0\nc,1\na,2\n", nil, ["b", "c", "a"]),
    ("by --categories", rows(["a", "b"]), nil, ["b", "a"], ["b", "a"]),
    (
      "by --categories before classes.csv", rows(["a", "b"]), "a,0\nb,1\n", ["b", "a"], ["b", "a"]
    ),
    ("numbers by --categories", rows(["1", "0"]), nil, ["x", "y"], ["x", "y"]),
    ("numbers from 1 by --categories", rows(["1", "2"]), nil, ["x", "y"], ["x", "y"]),
    ("numbers that fit nothing", rows(["1", "7"]), nil, ["x", "y"], ["x", "y", "1", "7"]),
  ]

  @Test(arguments: orders)
  func `classes stand in their order`(
    _ order: (what: String, table: String, list: String?, given: [String]?, names: [String])
  ) async throws {
    let fixture = try TemporaryFolder(table: order.table)
    if let list = order.list { try fixture.write(list, to: "classes.csv") }
    var options = ImportOptions()
    options.classNames = order.given
    let imported = try await fixture.readTable("table.csv", options)
    #expect(imported.datasets.first?.categories.map(\.name) == order.names)
    #expect(imported.rejections == [])
  }

  @Test func `a class that classes.csv lacks is rejected`() async throws {
    let fixture = try TemporaryFolder(table: Self.rows(["a", "z"]))
    try fixture.write("a,0\n", to: "classes.csv")
    let imported = try await fixture.readTable()
    #expect(fixture.places(imported) == ["3:1 unknown-category"])
    #expect(imported.unaccounted == RecordCounts())
  }

  @Test func `OpenImages' codes get their names`() async throws {
    let fixture = try TemporaryFolder(table: Self.rows(["/m/02", "/m/01", "/m/03"]))
    try fixture.write("/m/01,Cat\n/m/02,Ant\n/m/09,Zebra\n", to: "class-descriptions-boxable.csv")
    let imported = try await fixture.readTable()
    #expect(imported.datasets.first?.categories.map(\.name) == ["/m/03", "Ant", "Cat"])
  }

  @Test func `a column for the split makes splits`() async throws {
    let fixture = try TemporaryFolder(
      table: "image,class,x,y,w,h,Subset\na.gif,cat,1,2,3,4,train\nb.gif,dog,1,2,3,4,val\n"
        + "a.gif,dog,5,6,7,8,train\n")
    let imported = try await fixture.readTable()
    #expect(imported.datasets.map(\.split) == ["train", "val"])
    #expect(imported.datasets.map(\.annotations.count) == [2, 1])
    #expect(imported.datasets.map { $0.categories.map(\.id) } == [[1, 2], [1, 2]])
    #expect(imported.read == RecordCounts(images: 2, annotations: 3))
  }

  static let fileSplits: [([String], [String?])] = [
    (["a/train_labels.csv"], [nil]),
    (["train_labels.csv", "raccoon_labels.csv"], ["train", "raccoon_labels"]),
    (["instances_train.csv", "instances_mine.csv"], ["train", "instances_mine"]),
    (
      ["train-annotations-bbox.csv", "oidv6-validation-annotations-bbox.csv"],
      ["train", "validation"]
    ),
    (["train/_annotations.csv", "valid/_annotations.csv"], ["train", "valid"]),
    (["x/train/labels/boxes.csv", "x/test/labels/boxes.csv"], ["train", "test"]),
    (["Train.csv", "VAL.tsv"], ["train", "val"]),
  ]

  @Test(arguments: fileSplits)
  func `several tables are splits by their names`(_ sample: (paths: [String], splits: [String?])) {
    #expect(CSVSplits.names(of: sample.paths) == sample.splits)
  }

  @Test func `tables about something else are passed over with a warning`() async throws {
    let fixture = try TemporaryFolder(table: CSVVariants.tensorFlow)
    try fixture.write("epoch,loss\n1,2\n", to: "results.csv")
    try fixture.write("cat,0\ndog,1\n", to: "classes.csv")
    let imported = try await fixture.readTable("")
    #expect(imported.findings.map(\.severity) == [.warning])
    #expect(imported.datasets.map(\.split) == [nil])
    #expect(imported.objects == CSVVariants.truth)
  }

  @Test func `a circle and an ellipse are boxes with the shape's name`() async throws {
    let fixture = try TemporaryFolder(
      table: #"""
        filename,region_shape_attributes,region_attributes
        a.gif,"{""name"":""circle"",""cx"":20,""cy"":30,""r"":10}","{""species"":""cat""}"
        a.gif,"{""name"":""ellipse"",""cx"":20,""cy"":30,""rx"":10,""ry"":5,""theta"":1.5707963267948966}","{""species"":""cat""}"
        """#)
    let imported = try await fixture.readTable()
    let annotations = try #require(imported.datasets.first?.annotations)
    #expect(imported.objects == ["a.gif cat 10 20 20 20", "a.gif cat 15 20 10 20"])
    #expect(annotations.map { $0.attributes["shape"] } == ["circle", "ellipse"])
  }

  @Test func `polygons stay as outlines`() async throws {
    let fixture = try TemporaryFolder(
      table: "image,class,wkt\na.gif,cat,\"POLYGON ((1 2, 9 2, 9 8, 1 2), (5 3, 6 3, 6 4))\"\n")
    let imported = try await fixture.readTable()
    let outline = Segmentation.polygons(Polygons([[1, 2, 9, 2, 9, 8]]))
    #expect(imported.datasets.first?.annotations.first?.segmentation == outline)
    #expect(imported.changes["holes of outlines left out"] == RecordCounts(annotations: 1))
  }

  @Test(
    arguments: [
      (#"{"kind":"x","Label":"cat"}"#, "cat"), (#"{"whatever":"cat"}"#, "cat"),
      (#"{"inseto":"cat","insect":"cat"}"#, "cat"), (#"{"type":{"cat":true}}"#, "cat"),
    ])
  func `VIA's class is the property with a usual name, the only one, or the one that all agree on`(
    _ sample: (properties: String, label: String)
  ) throws {
    guard case .object(let object)? = JSONTextParser().value(sample.properties) else {
      Issue.record("no JSON object")
      return
    }
    #expect(VIAProperties(object, chosen: nil).label == sample.label)
  }

  @Test func `regions that name no class take the only one that the user names`() async throws {
    let fixture = try TemporaryFolder(
      table: #"""
        filename,region_shape_attributes,region_attributes
        a.gif,"{""name"":""rect"",""x"":1,""y"":2,""width"":3,""height"":4}","{}"
        """#)
    var options = ImportOptions()
    options.classNames = ["kudzu"]
    #expect(try await fixture.readTable("table.csv", options).objects == ["a.gif kudzu 1 2 3 4"])
  }
}
