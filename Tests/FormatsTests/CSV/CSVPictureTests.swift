import COCO
import Testing

@testable import Formats

@Suite("Pictures of tables")
struct CSVPictureTests {
  private static let table = CSVVariants.tensorFlow

  static let layouts = [
    ("beside the table", "table.csv", ""),
    ("below it", "table.csv", "images/"),
    ("in VOC's folder", "table.csv", "JPEGImages/"),
    ("in a folder beside the table's", "data/table.csv", "images/"),
    ("above it", "data/table.csv", ""),
  ]

  @Test("pictures are found near the table", arguments: layouts)
  func findsPictures(_ layout: (what: String, table: String, pictures: String)) async throws {
    let fixture = try CSVFixture()
    try fixture.write(layout.table, Self.table)
    try fixture.addPictures(in: layout.pictures)
    let imported = try await fixture.read(layout.table)
    #expect(imported.findings == [])
    #expect(imported.objects == CSVVariants.truth)
  }

  @Test("pictures of a split are found in its folder")
  func findsSplitFolders() async throws {
    let fixture = try CSVFixture()
    for split in ["train", "val"] {
      try fixture.write("\(split)_labels.csv", Self.table)
      try fixture.addPictures(in: "images/\(split)/")
    }
    let imported = try await fixture.read("")
    #expect(imported.findings == [])
    #expect(imported.datasets.map(\.split) == ["train", "val"])
    #expect(
      imported.imageFolders == [
        "train": "\(fixture.folder)/images/train", "val": "\(fixture.folder)/images/val",
      ])
  }

  static let foreign = [
    "/home/someone/set/images/", "C:\\Users\\someone\\images\\", "file:///data/images/",
  ]

  @Test("paths of other machines are found by their ends, and reported once", arguments: foreign)
  func findsForeignPaths(_ prefix: String) async throws {
    let fixture = try CSVFixture(
      table: Self.table.replacing("a.gif", with: prefix + "a.gif")
        .replacing("b.gif", with: prefix + "b.gif"), pictures: false)
    try fixture.addPictures(in: "images/")
    let imported = try await fixture.read()
    #expect(fixture.places(imported) == ["2:1 foreign-absolute-path"])
    #expect(imported.objects == CSVVariants.truth)
  }

  @Test("paths relative to the table are followed", arguments: ["images/", "./images/", "../up/"])
  func followsRelativePaths(_ prefix: String) async throws {
    let fixture = try CSVFixture()
    try fixture.write(
      "sub/table.csv",
      Self.table.replacing("a.gif", with: prefix + "a.gif")
        .replacing("b.gif", with: prefix + "b.gif"))
    try fixture.addPictures(in: "sub/" + prefix)
    let imported = try await fixture.read("sub/table.csv")
    #expect(imported.findings == [])
    #expect(imported.objects == CSVVariants.truth)
  }

  @Test("another ending or letter case is found and reported")
  func findsLoosely() async throws {
    let fixture = try CSVFixture(
      table: Self.table.replacing("a.gif", with: "a.jpg").replacing("b.gif", with: "B.GIF"))
    let imported = try await fixture.read()
    #expect(fixture.places(imported) == ["2:1 name-matched-loosely", "4:1 name-matched-loosely"])
    #expect(imported.objects == CSVVariants.truth)
  }

  @Test("pictures that are missing have the table's sizes and are reported once")
  func reportsMissing() async throws {
    let rows = "c.gif,9,8,cat,1,1,2,2\nd.gif,7,6,cat,1,1,2,2\n"
    let fixture = try CSVFixture(table: Self.table + rows)
    let imported = try await fixture.read()
    #expect(fixture.places(imported) == ["5:1 missing-image-file"])
    #expect(imported.datasets.first?.images.map(\.width) == [100, 50, 9, 7])
  }

  @Test("a table whose pictures are all elsewhere is a note, not a finding")
  func notesMissing() async throws {
    let imported = try await CSVFixture(table: Self.table, pictures: false).read()
    #expect(imported.findings == [])
    #expect(imported.notes.contains { $0.contains("--images") })
    #expect(imported.objects == CSVVariants.truth)
  }

  @Test("a picture without file and size is rejected with its rows")
  func rejectsWithoutSize() async throws {
    let fixture = try CSVFixture(
      table: "image,class,x,y,w,h\nc.gif,cat,1,2,3,4\na.gif,dog,5,6,7,8\nc.gif,cat,1,2,3,4\n")
    let imported = try await fixture.read()
    #expect(imported.rejections.map(\.kind) == [.image, .annotation, .annotation])
    #expect(
      fixture.places(imported) == ["2:1", "2:1", "4:1"].map { $0 + " missing-image-file" })
    #expect(imported.objects == ["a.gif dog 5 6 7 8"])
    #expect(imported.unaccounted == RecordCounts())
  }

  @Test("a size that is not the file's is reported")
  func comparesSizes() async throws {
    let fixture = try CSVFixture(table: Self.table.replacing("50,40", with: "40,50"))
    let imported = try await fixture.read()
    #expect(fixture.places(imported) == ["4:7 image-size-mismatch"])
  }

  @Test("sizes that contradict each other are reported once, and the first is kept")
  func reportsConflicts() async throws {
    let table = Self.table.replacing("80,dog", with: "90,dog")
    let fixture = try CSVFixture(table: table)
    let imported = try await fixture.read()
    #expect(fixture.places(imported) == ["3:7 image-size-mismatch"])
    #expect(imported.datasets.first?.images.first?.height == 80)
  }

  @Test("a size that is no number is reported and the picture's taken")
  func reportsBadSize() async throws {
    let fixture = try CSVFixture(table: Self.table.replacing("50,40", with: "wide,40"))
    let imported = try await fixture.read()
    #expect(fixture.places(imported) == ["4:7 malformed-value"])
    #expect(imported.objects == CSVVariants.truth)
  }

  @Test("a background is a picture without objects")
  func readsBackground() async throws {
    let fixture = try CSVFixture(table: "a.gif,,,,,\nb.gif,1,2,4,6,cat\n")
    let imported = try await fixture.read()
    #expect(imported.datasets.first?.images.map(\.fileName) == ["a.gif", "b.gif"])
    #expect(imported.read == RecordCounts(images: 2, annotations: 1))
  }
}
