import COCO
import TestSupport
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

  @Test(arguments: layouts)
  func `pictures are found near the table`(
    _ layout: (what: String, table: String, pictures: String)
  ) async throws {
    let fixture = try TemporaryFolder()
    try fixture.write(Self.table, to: layout.table)
    try fixture.addPictures(in: layout.pictures)
    let imported = try await fixture.readTable(layout.table)
    #expect(imported.findings == [])
    #expect(imported.objects == CSVVariants.truth)
  }

  @Test func `pictures of a split are found in its folder`() async throws {
    let fixture = try TemporaryFolder()
    for split in ["train", "val"] {
      try fixture.write(Self.table, to: "\(split)_labels.csv")
      try fixture.addPictures(in: "images/\(split)/")
    }
    let imported = try await fixture.readTable("")
    #expect(imported.findings == [])
    #expect(imported.datasets.map(\.split) == ["train", "val"])
    #expect(
      imported.imageFolders == [
        "train": "\(fixture.path)/images/train", "val": "\(fixture.path)/images/val",
      ])
  }

  static let foreign = [
    "/home/someone/set/images/", "C:\\Users\\someone\\images\\", "file:///data/images/",
  ]

  @Test(arguments: foreign)
  func `paths of other machines are found by their ends, and reported once`(_ prefix: String)
    async throws
  {
    let fixture = try TemporaryFolder(
      table: Self.table.replacing("a.gif", with: prefix + "a.gif")
        .replacing("b.gif", with: prefix + "b.gif"), pictures: false)
    try fixture.addPictures(in: "images/")
    let imported = try await fixture.readTable()
    #expect(fixture.places(imported) == ["2:1 foreign-absolute-path"])
    #expect(imported.objects == CSVVariants.truth)
  }

  @Test(arguments: ["images/", "./images/", "../up/"])
  func `paths relative to the table are followed`(_ prefix: String) async throws {
    let fixture = try TemporaryFolder()
    try fixture.write(
      Self.table.replacing("a.gif", with: prefix + "a.gif")
        .replacing("b.gif", with: prefix + "b.gif"), to: "sub/table.csv")
    try fixture.addPictures(in: "sub/" + prefix)
    let imported = try await fixture.readTable("sub/table.csv")
    #expect(imported.findings == [])
    #expect(imported.objects == CSVVariants.truth)
  }

  @Test func `another ending or letter case is found and reported`() async throws {
    let fixture = try TemporaryFolder(
      table: Self.table.replacing("a.gif", with: "a.jpg").replacing("b.gif", with: "B.GIF"))
    let imported = try await fixture.readTable()
    #expect(fixture.places(imported) == ["2:1 name-matched-loosely", "4:1 name-matched-loosely"])
    #expect(imported.objects == CSVVariants.truth)
  }

  @Test
  func `pictures that are missing have the table's sizes and are reported once`() async throws {
    let rows = "c.gif,9,8,cat,1,1,2,2\nd.gif,7,6,cat,1,1,2,2\n"
    let fixture = try TemporaryFolder(table: Self.table + rows)
    let imported = try await fixture.readTable()
    #expect(fixture.places(imported) == ["5:1 missing-image-file"])
    #expect(imported.datasets.first?.images.map(\.width) == [100, 50, 9, 7])
  }

  @Test func `a table whose pictures are all elsewhere is a note, not a finding`() async throws {
    let imported = try await TemporaryFolder(table: Self.table, pictures: false).readTable()
    #expect(imported.findings == [])
    #expect(imported.notes.contains { $0.contains("--images") })
    #expect(imported.objects == CSVVariants.truth)
  }

  @Test func `a picture without file and size is rejected with its rows`() async throws {
    let fixture = try TemporaryFolder(
      table: "image,class,x,y,w,h\nc.gif,cat,1,2,3,4\na.gif,dog,5,6,7,8\nc.gif,cat,1,2,3,4\n")
    let imported = try await fixture.readTable()
    #expect(imported.rejections.map(\.kind) == [.image, .annotation, .annotation])
    #expect(
      fixture.places(imported) == ["2:1", "2:1", "4:1"].map { $0 + " missing-image-file" })
    #expect(imported.objects == ["a.gif dog 5 6 7 8"])
    #expect(imported.unaccounted == RecordCounts())
  }

  @Test func `a size that is not the file's is reported`() async throws {
    let fixture = try TemporaryFolder(table: Self.table.replacing("50,40", with: "40,50"))
    let imported = try await fixture.readTable()
    #expect(fixture.places(imported) == ["4:7 image-size-mismatch"])
  }

  @Test
  func `sizes that contradict each other are reported once, and the first is kept`() async throws {
    let table = Self.table.replacing("80,dog", with: "90,dog")
    let fixture = try TemporaryFolder(table: table)
    let imported = try await fixture.readTable()
    #expect(fixture.places(imported) == ["3:7 image-size-mismatch"])
    #expect(imported.datasets.first?.images.first?.height == 80)
  }

  @Test func `a size that is no number is reported and the picture's taken`() async throws {
    let fixture = try TemporaryFolder(table: Self.table.replacing("50,40", with: "wide,40"))
    let imported = try await fixture.readTable()
    #expect(fixture.places(imported) == ["4:7 malformed-value"])
    #expect(imported.objects == CSVVariants.truth)
  }

  @Test func `a background is a picture without objects`() async throws {
    let fixture = try TemporaryFolder(table: "a.gif,,,,,\nb.gif,1,2,4,6,cat\n")
    let imported = try await fixture.readTable()
    #expect(imported.datasets.first?.images.map(\.fileName) == ["a.gif", "b.gif"])
    #expect(imported.read == RecordCounts(images: 2, annotations: 1))
  }

  static let tableFolders = [
    ("train.csv", "train/"), ("train.csv", "images/train/"), ("train_labels.csv", "train/"),
    ("cars_train_annos.csv", "cars_train/"), ("Train.csv", "train_images/"),
    ("data/valid.csv", "data/valid/"),
  ]

  @Test(arguments: tableFolders)
  func `ids are found in the folder of the table's name before any other`(
    _ layout: (table: String, pictures: String)
  ) async throws {
    let fixture = try TemporaryFolder()
    try fixture.write(
      "image_id,label,x,y,w,h\na,cat,10,20,30,40\nb,No finding,,,,\n", to: layout.table)
    try fixture.addPictures(in: layout.pictures)
    try fixture.gif("test/a.gif", width: 5, height: 5)
    let imported = try await fixture.readTable(layout.table)
    #expect(imported.findings == [])
    #expect(imported.objects == ["a.gif cat 10 20 30 40"])
    #expect(imported.datasets.first?.images.map(\.width) == [100, 50])
    #expect(imported.datasets.first?.categories.map(\.name) == ["cat"])
  }

  @Test(
    arguments: [
      ",,,", "nan,nan,nan,nan", "None,None,None,None", "NA,NA,NA,NA", "null,null,null,null",
    ])
  func `rows whose box is a word for nothing are background`(_ box: String) async throws {
    let fixture = try TemporaryFolder(
      table: "image,class,x,y,w,h\na.gif,nothing,\(box)\nb.gif,cat,5,4,20,10\n")
    let imported = try await fixture.readTable()
    #expect(imported.objects == ["b.gif cat 5 4 20 10"])
    #expect(imported.read == RecordCounts(images: 2, annotations: 1))
    #expect(imported.rejections == [])
  }

  static let quoted = [
    ("a%20%231.gif", "a #1.gif"), ("%C3%A4.gif", "ä.gif"), ("sub%20dir/a.gif", "sub dir/a.gif"),
    ("https://host/x/a%20b.gif?alt=1", "a b.gif"),
  ]

  @Test(arguments: quoted)
  func `percent-quoted names are found under the plain ones, and told`(
    _ name: (table: String, file: String)
  ) async throws {
    let fixture = try TemporaryFolder(
      table: "image,class,x,y,w,h\n\(name.table),cat,1,2,3,4\n\(name.table),cat,5,6,7,8\n")
    try fixture.gif(name.file, width: 100, height: 80)
    let imported = try await fixture.readTable()
    #expect(imported.datasets.first?.annotations.count == 2)
    let message = imported.findings.first { $0.kind == .nameMatchedLoosely }?.message
    #expect(message?.contains(name.table) == true)
    #expect(message?.contains(name.file.split(separator: "/").last ?? "") == true)
  }

  @Test func `a file whose name has a percent sign is taken as it is`() async throws {
    let fixture = try TemporaryFolder(table: "image,class,x,y,w,h\n100%25.gif,cat,1,2,3,4\n")
    try fixture.gif("100%25.gif", width: 100, height: 80)
    try fixture.gif("100%.gif", width: 100, height: 80)
    let imported = try await fixture.readTable()
    #expect(imported.findings == [])
    #expect(imported.objects == ["100%25.gif cat 1 2 3 4"])
  }

  @Test func `invisible characters around names are left out and shown`() async throws {
    let fixture = try TemporaryFolder(
      table: "\u{200B}image,class,x,y,w,h\u{FEFF}\na.gif\u{200B},bud,1,2,3,4\n"
        + "\u{FEFF}b.gif,bud\u{A0},1,2,3,\u{A0}4\na.gif,bud,5,6,7,8\n")
    let imported = try await fixture.readTable()
    #expect(imported.datasets.first?.images.count == 2)
    #expect(imported.datasets.first?.categories.map(\.name) == ["bud"])
    #expect(imported.datasets.first?.annotations.count == 3)
    #expect(imported.findings.map(\.rule) == ["blank-padded-name", "blank-padded-name"])
    #expect(imported.findings[0].message.contains("budU+00A0"))
    #expect(imported.findings[1].message.contains("2 rows: \"a.gifU+200B\""))
  }

  @Test(arguments: ["training_images/a.gif", "deep/er/still/a.gif", "x/y z/a.gif"])
  func `pictures are found below the folder that is read`(_ picture: String) async throws {
    let fixture = try TemporaryFolder()
    try fixture.write("image,class,xmin,ymin,xmax,ymax\na.gif,cat,1,2,30,40\n", to: "set/table.csv")
    try fixture.gif("set/" + picture, width: 100, height: 80)
    let imported = try await fixture.readTable("set")
    #expect(imported.datasets.first?.images.first?.width == 100)
    #expect(imported.rejections.isEmpty)
  }

  @Test(arguments: ["flename", "Bild", "what.is.this", "obj"])
  func `a column of picture names may be called anything`(_ name: String) async throws {
    let table = "\(name),object,xmin,ymin,xmax,ymax\na.gif,cat,1,2,30,40\nb.gif,dog,2,3,9,9\n"
    let imported = try await TemporaryFolder(table: table).readTable()
    #expect(imported.datasets.flatMap(\.annotations).count == 2)
    #expect(imported.rejections.isEmpty)
  }

  @Test func `a picture of another split is not taken`() async throws {
    let fixture = try TemporaryFolder()
    try fixture.write(
      "image,class,xmin,ymin,xmax,ymax\na.gif,cat,1,2,30,40\n", to: "set/data/test_labels.csv")
    try fixture.gif("set/frames/train/a.gif", width: 100, height: 80)
    let imported = try await fixture.readTable("set")
    #expect(imported.datasets.allSatisfy { $0.images.isEmpty })
    #expect(imported.rejections.count == 2)
  }
}
