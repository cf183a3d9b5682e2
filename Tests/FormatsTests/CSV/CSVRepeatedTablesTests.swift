import COCO
import TestSupport
import Testing

@testable import Formats

@Suite("Tables that hold the rows of others")
struct CSVRepeatedTablesTests {
  private static let header = "filename,class,xmin,ymin,xmax,ymax\n"
  private static let a = "a.gif,cat,10,20,40,60\na.gif,dog,0,8,50,72\n"
  private static let b = "b.gif,cat,5,4,25,14\n"
  private static let c = "c.gif,cat,1,1,7,7\n"

  struct Layout: Sendable, CustomTestStringConvertible {
    var what: String
    var tables: [String: String]
    /// Each split with the number of its objects.
    var splits: [String]
    var note: String

    var testDescription: String { what }
  }

  static let layouts = [
    Layout(
      what: "a whole and all of its parts",
      tables: ["annotations.csv": a + b + c, "train.csv": a + b, "test.csv": c],
      splits: ["test 1", "train 3"], note: "annotations.csv holds the same rows as"),
    Layout(
      what: "rows in another order", tables: ["all.csv": b + a, "train.csv": a, "val.csv": b],
      splits: ["train 2", "val 1"], note: "is not read twice"),
    Layout(
      what: "trainval beside train and val",
      tables: ["trainval.csv": a + b, "train.csv": a, "val.csv": b, "test.csv": c],
      splits: ["test 1", "train 2", "val 1"], note: "trainval.csv holds the same rows as"),
    Layout(
      what: "a whole with more than the parts", tables: ["labels.csv": a + b + c, "train.csv": a],
      splits: ["labels 2", "train 2"], note: "1 of 3 images of"),
    Layout(
      what: "parts that share a picture's rows",
      tables: [
        "labels.csv": a + b, "train_labels.csv": "a.gif,cat,10,20,40,60\n" + b,
        "test_labels.csv": "a.gif,dog,0,8,50,72\n",
      ],
      splits: ["test 1", "train 2"], note: "whose objects are in one or the other"),
    Layout(
      what: "a copy", tables: ["labels.csv": a + b, "labels_old.csv": a + b],
      splits: [" 3"], note: "is not read twice"),
    Layout(
      what: "splits that share pictures", tables: ["train.csv": a + b, "val.csv": b],
      splits: ["train 3", "val 1"], note: "share 1 image with the same boxes, the first is b.gif"),
  ]

  @Test(arguments: layouts)
  func `each picture is read once, in the split of its part, and that is told`(_ layout: Layout)
    async throws
  {
    let fixture = try TemporaryFolder()
    try fixture.addPictures()
    try fixture.gif("c.gif", width: 8, height: 8)
    for (name, rows) in layout.tables { try fixture.write(Self.header + rows, to: name) }
    let imported = try await fixture.readTable("")
    let splits = imported.datasets.map { "\($0.split ?? "") \($0.annotations.count)" }
    #expect(splits.sorted() == layout.splits)
    #expect(imported.notes.contains { $0.contains(layout.note) })
    #expect(imported.unaccounted == RecordCounts())
  }

  @Test(
    arguments: [b.replacing("25", with: "26"), b.replacing("cat", with: "dog"), b + b])
  func `tables whose boxes differ are all read`(_ rows: String) async throws {
    let fixture = try TemporaryFolder()
    try fixture.addPictures()
    try fixture.write(Self.header + Self.b, to: "annotations.csv")
    try fixture.write(Self.header + rows, to: "train.csv")
    let imported = try await fixture.readTable("")
    #expect(imported.datasets.count == 2)
    #expect(!imported.notes.contains { $0.contains("same") })
  }

  @Test func `pictures of one name in several folders are several pictures`() async throws {
    let fixture = try TemporaryFolder()
    for (split, rows) in [("train", Self.a), ("valid", Self.a.replacing("40,60", with: "41,60"))] {
      try fixture.write(Self.header + rows, to: "\(split)/_annotations.csv")
      try fixture.gif("\(split)/a.gif", width: 100, height: 80)
    }
    let imported = try await fixture.readTable("")
    #expect(imported.datasets.map(\.annotations.count) == [2, 2])
    #expect(!imported.notes.contains { $0.contains("same") })
  }
}
