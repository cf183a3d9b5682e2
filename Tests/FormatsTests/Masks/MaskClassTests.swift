import COCO
import Files
import TestSupport
import Testing

@testable import Formats

@Suite("Classes of masks")
struct MaskClassTests {
  static let labelMap = """
    # label:color_rgb:parts:actions
    background:0,0,0::
    crab:250,50,83::
    sail: boat:50,183,250::
    """

  /// Two objects in `objects`, whose classes `classes` shows.
  private func export(
    objects: [UInt8], classes: [UInt8], below root: String = ""
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.greyPicture("\(root)JPEGImages/f.png", width: 4, height: 1)
    try folder.write(objects, to: "\(root)SegmentationObject/f.png")
    try folder.write(classes, to: "\(root)SegmentationClass/f.png")
    return folder
  }

  private func named(_ imported: Imported) throws -> [String] {
    let dataset = try #require(imported.datasets.first)
    return dataset.annotations.map { annotation in
      let category = dataset.categories.first { $0.id == annotation.categoryID }?.name ?? "none"
      return "\(category) \(annotation.box.map { Int($0.x) } ?? -1) \(Int(annotation.area ?? 0))"
    }
  }

  @Test func `objects have the classes whose colours labelmap.txt names`() async throws {
    let folder = try export(
      objects: MaskPNG.colour([[0x00_8000, 0x00_8000, 0, 0x80_0000]]),
      classes: MaskPNG.colour([[0xFA_3253, 0xFA_3253, 0, 0x32_B7FA]]))
    try folder.write(Self.labelMap, to: "labelmap.txt")
    let imported = try await folder.readMasks()
    #expect(try named(imported) == ["crab 0 2", "sail: boat 3 1"])
    #expect(imported.datasets.first?.categories.map(\.name) == ["crab", "sail: boat"])
    #expect(imported.findings.isEmpty)
  }

  @Test func `a palette's colours are those of labelmap.txt too`() async throws {
    let palette: [[UInt8]] = [[0, 0, 0], [50, 183, 250], [250, 50, 83]]
    let folder = try export(
      objects: MaskPNG.bytes([[1, 2, 0, 2]]),
      classes: MaskPNG.bytes([[1, 2, 0, 2]], palette: palette), below: "task/")
    try folder.write(Self.labelMap, to: "task/labelmap.txt")
    #expect(try named(await folder.readMasks()) == ["sail: boat 0 1", "crab 1 2"])
  }

  @Test func `most of an object's pixels say its class, and VOC's border says none`() async throws {
    let folder = try export(
      objects: MaskPNG.bytes([[1, 1, 1, 255]], palette: MaskPNG.vocPalette()),
      classes: MaskPNG.bytes([[15, 255, 255, 12]], palette: MaskPNG.vocPalette()))
    #expect(try named(await folder.readMasks()) == ["person 0 3"])
  }

  @Test func `VOC's masks of classes alone give VOC's names`() async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("JPEGImages/f.png", width: 4, height: 1)
    try folder.write(
      MaskPNG.bytes([[12, 255, 12, 8]], palette: MaskPNG.vocPalette()),
      to: "SegmentationClass/f.png")
    let imported = try await folder.readMasks()
    #expect(try named(imported) == ["cat 3 1", "dog 0 2"])
    #expect(imported.notes.contains { $0.contains("--masks classes") })
  }

  @Test func `a mask of classes that does not fit is reported and not used`() async throws {
    let folder = try export(
      objects: MaskPNG.bytes([[1, 1, 1, 2]]), classes: MaskPNG.bytes([[15, 12]]))
    let imported = try await folder.readMasks()
    #expect(imported.foundRules == ["image-size-mismatch"])
    #expect(try named(imported) == ["object 0 3", "object 3 1"])
  }

  static let files: [(name: String, text: String)] = [
    ("_classes.csv", "Pixel Value, Class\n0, background\n1, cat\n2, dog\n"),
    ("_classes.csv", "\u{FEFF}Pixel Value;Class\r\n2;\"dog\"\r\n1;\"cat\"\r\n"),
    ("class_dict.csv", "name,r,g,b\ncat,1,1,1\ndog,2,2,2\nbackground,0,0,0\n"),
    ("classes.json", #"{"0": "background", "1": "cat", "2": "dog"}"#),
    ("classes.json", #"{"cat": 1, "dog": 2}"#),
    ("classes.json", #"["background", "cat", "dog"]"#),
    (
      "classes.json",
      ##"{"classes": [{"title": "cat", "color": "#010101"}, {"name": "dog", "id": 2}]}"##
    ),
    ("class_names.txt", "__ignore__\n_background_\ncat\ndog\n"),
    ("labelmap.txt", "cat:1,1,1::\ndog:2,2,2::\n"),
  ]

  @Test(arguments: files)
  func `a file of names beside masks names their values`(_ file: (name: String, text: String))
    async throws
  {
    let folder = try TemporaryFolder()
    try folder.greyPicture("train/a.png", width: 5, height: 1)
    try folder.mask("train/a_mask.png", [[1, 0, 2, 0, 1]])
    try folder.write(file.text, to: "train/\(file.name)")
    let imported = try await folder.readMasks()
    #expect(try named(imported).sorted() == ["cat 0 2", "dog 2 1"])
    #expect(Set(imported.datasets.first?.categories.map(\.name) ?? []) == ["cat", "dog"])
    #expect(imported.notes.contains { $0.contains("\(file.name) names them") })
    #expect(try folder.maskEvidence()?.isFirm == true)
    #expect(imported.addsUp)
  }

  static let tables: [(name: String, text: String)] = [
    (
      "Labels and Colors.csv",
      "Label,color_rgb\nsea,\"237,34,236\"\nsand,\"1,2,3\"\nBackground,\"0,0,0\"\n"
    ),
    ("palette.csv", "name;colour\nsea;(237, 34, 236)\nsand;(1, 2, 3)\n"),
    ("p.csv", "colour,class name\n[237 34 236],sea\n[1 2 3],sand\n"),
    ("p.tsv", "id\tcategory\thex\n1\tsea\t#ed22ec\n2\tsand\t#010203\n"),
    ("colours.csv", "\u{FEFF}Name,Red,Green,Blue\nsea,237,34,236\nsand,1,2,3\n"),
    ("p.csv", "label,rgb\nsea,(237,34,236)\nsand,(1,2,3)\n"),
  ]

  @Test(arguments: tables)
  func `a table of colours of any name at the root names colour masks`(
    _ file: (name: String, text: String)
  ) async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("images/a.png", width: 5, height: 1)
    try folder.write(MaskPNG.colour([[0xED22EC, 0, 0x010203, 0, 0xED22EC]]), to: "masks/a.png")
    try folder.write(file.text, to: file.name)
    try folder.write("name,size\nsea,1\n", to: "other.csv")
    let imported = try await folder.readMasks()
    #expect(try named(imported).sorted() == ["sand 2 1", "sea 0 2"])
    #expect(imported.notes.contains { $0.contains("\(file.name) names them") })
  }

  static let lists: [[String: String]] = [
    [
      "CSVs/train_set.csv": "photos,masks\nimages/a.png,masks/a.png\nimages/b.png,masks/b.png\n",
      "CSVs/val_set.csv": "photos,masks\nimages/c.png,masks/c.png\n",
      "CSVs/dataset.csv": "photos,masks\nimages/a.png,masks/a.png\nimages/c.png,masks/c.png\n",
      "CSVs/test_set.csv": "photos,masks\nimages/t.png,\n",
    ],
    ["train.txt": "a\nb\n", "val.txt": "c\n"],
    [
      "train.csv": "mask\n/home/me/masks/a.png\n/home/me/masks/b.png\n",
      "valid.csv": "C:\\m\\c.png\n",
    ],
  ]

  @Test(arguments: lists)
  func `lists of pictures or masks tell the splits`(_ files: [String: String]) async throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b", "c", "d"] {
      try folder.greyPicture("images/\(name).png")
      try folder.mask("masks/\(name).png")
    }
    try folder.greyPicture("images/t.png")
    for (name, text) in files { try folder.write(text, to: name) }
    let imported = try await folder.readMasks()
    #expect(
      imported.datasets.map { "\($0.split ?? "-") \($0.images.count)" }.sorted()
        == ["train 2", "unlisted 1", "val 1"])
    #expect(imported.notes.contains { $0.hasPrefix("the splits are those of") })
    #expect(imported.addsUp)
  }

  @Test func `tables about something else tell no splits`() async throws {
    let folder = try TemporaryFolder()
    for name in ["1", "2"] {
      try folder.greyPicture("images/\(name).png")
      try folder.mask("masks/\(name).png")
    }
    try folder.write("epoch,loss\n1,0.5\n2,0.4\n", to: "train_log.csv")
    try folder.write("epoch,loss\n1,0.5\n2,0.4\n", to: "test_log.csv")
    #expect(try await folder.readMasks().datasets.map(\.split) == [nil])
  }

  @Test func `a file of names that cannot be understood is told`() async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("images/a.png")
    try folder.mask("masks/a.png")
    try folder.write("{\"version\": \"1.0\"", to: "classes.json")
    #expect(try await folder.readMasks().notes.contains { $0.contains("classes.json is not used") })
  }

  @Test func `regions that touch are objects of their class where the user says so`() async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("images/a.png", width: 5, height: 4)
    try folder.mask(
      "masks/a.png",
      [[1, 0, 0, 2, 2], [0, 1, 0, 0, 0], [0, 0, 0, 1, 1], [2, 2, 0, 0, 255]])
    try folder.write(#"{"cat": 1, "dog": 2}"#, to: "classes.json")
    var options = ImportOptions()
    options.maskValues = .classes
    let imported = try await folder.readMasks(options: options)
    #expect(try named(imported) == ["cat 0 2", "dog 3 2", "cat 3 2", "dog 0 2"])
    #expect(imported.notes.count { $0.contains("255") } == 1)
    #expect(imported.addsUp)
  }

  @Test
  func `--masks classes splits black and white masks into objects of the one class`() async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("images/a.png", width: 5, height: 1)
    try folder.mask("masks/a.png", [[255, 0, 255, 0, 255]])
    var options = ImportOptions()
    options.maskValues = .classes
    options.classNames = ["cell"]
    #expect(
      try named(await folder.readMasks(options: options)) == ["cell 0 1", "cell 2 1", "cell 4 1"])
  }

  @Test func `the user's names are those of the values in their order`() async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("images/a.png", width: 5, height: 1)
    try folder.mask("masks/a.png", [[2, 0, 1, 0, 3]])
    var options = ImportOptions()
    options.maskValues = .classes
    options.classNames = ["road", "tree"]
    #expect(
      try named(await folder.readMasks(options: options)) == [
        "tree 0 1", "road 2 1", "class 3 4 1",
      ])
  }
}

@Suite("What the values of masks stand for")
struct MaskMeaningTests {
  /// Blocks of 5 × 5 pixels, each with the value that `block` gives to its column and row.
  private func rows(_ block: (Int, Int) -> UInt8) -> [[UInt8]] {
    (0..<36).map { y in (0..<48).map { x in y % 6 == 5 || x % 6 == 5 ? 0 : block(x / 6, y / 6) } }
  }

  private func read(_ masks: [[[UInt8]]], _ change: (inout ImportOptions) -> Void = { _ in })
    async throws -> Imported
  {
    let folder = try TemporaryFolder()
    for (index, rows) in masks.enumerated() {
      try folder.greyPicture("images/\(index).png", width: rows[0].count, height: rows.count)
      try folder.mask("masks/\(index).png", rows)
    }
    var options = ImportOptions()
    change(&options)
    return try await folder.readMasks(options: options)
  }

  @Test func `values of many regions each are classes`() async throws {
    let imported = try await read([
      rows { x, y in UInt8((x + y) % 3) }, rows { x, y in UInt8((x * y) % 3) },
    ])
    #expect(imported.datasets.first?.categories.map(\.name).sorted() == ["class 1", "class 2"])
    #expect(imported.datasets.first?.annotations.count == 4)
    #expect(imported.notes.contains { $0.contains("separate regions") })
  }

  /// Four pictures on which the values 4, 9 and 12 recur, each in the rows that `isThere` takes.
  private func recurring(_ isThere: (Int) -> Bool) -> [[[UInt8]]] {
    let values: [[UInt8]] = [[0, 4, 0, 9], [0, 0, 9], [4, 12, 0, 0, 9], [0, 12, 0, 0, 4]]
    return values.map { columns in
      rows { x, y in isThere(y) && x < columns.count ? columns[x] : 0 }
    }
  }

  @Test func `values that recur with gaps, in several regions, are classes`() async throws {
    let imported = try await read(recurring { $0 == 0 || $0 == 3 })
    let names = imported.datasets.first?.categories.map(\.name).sorted()
    #expect(names == ["class 12", "class 4", "class 9"])
    #expect(imported.notes.contains { $0.contains("recur") })
  }

  @Test func `the numbers of tracks, which recur with gaps, are instances`() async throws {
    let imported = try await read(recurring { $0 == 2 })
    #expect(imported.datasets.first?.categories.map(\.name) == ["object"])
    #expect(!imported.notes.contains { $0.contains("classes (") })
  }

  @Test func `--masks instances takes each value for an object of one class`() async throws {
    let imported = try await read([
      rows { x, y in UInt8((x + y) % 3) }, rows { x, y in UInt8((x * y) % 3) },
    ]) { $0.maskValues = .instances }
    #expect(imported.datasets.first?.categories.map(\.name) == ["object"])
    #expect(imported.datasets.first?.annotations.count == 4)
  }

  @Test
  func `objects that are counted on each picture, or have numbers of their own, are instances`()
    async throws
  {
    let counted = (1...5).map { count in
      rows { x, y in y == 0 && x < count ? UInt8(x + 1) : 0 }
    }
    #expect(try await read(counted).datasets.first?.categories.map(\.name) == ["object"])
    let numbered = (0..<5).map { picture in
      rows { x, y in y == 0 && x < 4 ? UInt8(picture * 40 + x * 7 + 3) : 0 }
    }
    let own = try await read(numbered)
    #expect(own.datasets.first?.categories.map(\.name) == ["object"])
    #expect(!own.notes.contains { $0.contains("classes") })
  }
}
