import COCO
import Files
import Formats
import TestSupport
import Testing

@Suite struct FieldFinderTests {
  @Test(arguments: [
    (RecordField.box, "[10, 5, 20, 15]", "annotations[1].bbox"),
    (.area, "300", "annotations[1].area"),
    (.imageID, "1, ", "annotations[1].image_id"),
    (.isCrowd, "0}", "annotations[1].iscrowd"),
    (.id, "9, ", "annotations[1].id"),
  ])
  func `a field of a COCO record is its value`(
    field: RecordField, text: String, path: String
  ) async throws {
    let annotations = [COCOFixture.annotation(1), COCOFixture.annotation(9)]
    let folder = try TemporaryFolder()
    try folder.write(COCOFixture.text { $0.annotations = annotations }, to: "a.json")
    let found = try await folder.locate("coco", field, annotation: 1)
    #expect(found.text.hasPrefix(text))
    #expect(found.path == path)
  }

  @Test func `a member that a COCO record lacks is named at the record`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(COCOFixture.text(), to: "a.json")
    let found = try await folder.locate("coco", .keypointCount, annotation: 0)
    #expect(found.text.hasPrefix(#"{"id": 1, "image_id""#))
    #expect(found.path == "annotations[0].num_keypoints")
  }

  @Test func `strings and nested objects do not confuse the count of COCO records`() async throws {
    let odd =
      #"{"id": 4, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "#
      + #""note": "}],{\"[", "deep": {"bbox": [{"area": 1}], "list": [[], {}]}, "#
      + #""area": 7, "iscrowd": 0}"#
    let folder = try TemporaryFolder()
    try folder.write(
      Array("\u{FEFF}".utf8)
        + Array(COCOFixture.text { $0.annotations = [odd, odd, COCOFixture.annotation(9)] }.utf8),
      to: "a.json")
    #expect(try await folder.locate("coco", .area, annotation: 1).path == "annotations[1].area")
    #expect(try await folder.locate("coco", .area, annotation: 1).text.hasPrefix("7, "))
    #expect(try await folder.locate("coco", .box, annotation: 2).path == "annotations[2].bbox")
  }

  @Test func `of a key that stands twice the last is meant`() async throws {
    let twice =
      #"{"id": 4, "image_id": 1, "category_id": 1, "area": 1, "bbox": [1, 2, 3, 4], "#
      + #""iscrowd": 0, "ar\u0065a": 2}"#
    let folder = try TemporaryFolder()
    try folder.write(COCOFixture.text { $0.annotations = [twice] }, to: "a.json")
    #expect(try await folder.locate("coco", .area, annotation: 0).text.hasPrefix("2}"))
  }

  @Test func `a place inside a COCO record is named without a field`() async throws {
    let text = COCOFixture.text()
    let folder = try TemporaryFolder()
    try folder.write(text, to: "a.json")
    let offset = text.utf8.distance(
      from: text.startIndex, to: try #require(text.firstRange(of: "20, 15")).lowerBound)
    var finder = FieldFinder(Sources([folder.path + "/a.json"]), format: .coco)
    let located = finder.locate(
      Finding(.malformedValue, "", at: Origin(file: 0, offset: offset)))
    #expect(located.path == "annotations[0].bbox")
    #expect(located.origin?.offset == offset)
  }

  @Test(arguments: [
    (RecordField.box, "<bndbox>", "object[2]/bndbox"), (.categoryID, "shrimp<", "object[2]/name"),
    (.area, "<bndbox>", "object[2]/area"), (.isCrowd, "1</diff", "object[2]/difficult"),
  ])
  func `a field of a VOC object is an element's text`(
    field: RecordField, text: String, path: String
  ) async throws {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    let second = VOCFixture.object(
      " shrimp", ["1", "2", "3", "4"], "<!-- <name> --><difficult>1</difficult>")
    try folder.write(VOCFixture.text { $0.objects.append(second) }, to: "a.xml")
    let found = try await folder.locate("voc", field, annotation: 1)
    #expect(found.text.hasPrefix(text))
    #expect(found.path == path)
  }

  @Test(arguments: [
    (RecordField.width, "32</width>", "size/width"), (.height, "24</height>", "size/height"),
    (.fileName, "a.png</file", "filename"), (.id, "<?xml", "id"),
  ])
  func `a field of a VOC picture is an element's text`(
    field: RecordField, text: String, path: String
  ) async throws {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.write(utf16("<?xml version='1.0'?>" + VOCFixture.text()), to: "a.xml")
    let found = try await folder.locate("voc", field, image: 0)
    #expect(found.text.replacing("\u{FEFF}", with: "").hasPrefix(text))
    #expect(found.path == path)
  }

  @Test(arguments: [
    (RecordField.categoryID, "1 0.25", "row 2, class"), (.box, "0.25 0.5", "row 2, x_center"),
    (.area, "1 0.25", "row 2, area"),
  ])
  func `a field of a YOLO row is its number`(
    field: RecordField, text: String, path: String
  ) async throws {
    let rows = "0 0.5 0.5 0.1 0.1\r\n\r\n  1 0.25 0.5 0.125 0.25\r\n"
    for bytes in [Array(rows.utf8), Array("\u{FEFF}\(rows)".utf8), utf16(rows)] {
      let folder = try TemporaryFolder()
      try folder.picture("images/a.png")
      try folder.write(bytes, to: "labels/a.txt")
      try folder.write("train: images\nnames: [a, b]\n", to: "data.yaml")
      let found = try await folder.locate("yolo", field, annotation: 1)
      #expect(found.text.hasPrefix(text))
      #expect(found.path == path)
    }
  }

  @Test(arguments: [
    (RecordField.box, "20;5", "xmin"), (.categoryID, "krabbe, groß\"", "class"),
    (.fileName, "ü.png;", "filename"), (.width, "32;", "width"), (.area, "ü.png", "area"),
  ])
  func `a field of a CSV row is its column`(
    field: RecordField, text: String, path: String
  ) async throws {
    let table =
      "filename;width;height;class;xmin;ymin;xmax;ymax\n"
      + "ü.png;32;24;a;1;2;3;4\nü.png;32;24;\"krabbe, groß\";20;5;30;15\n"
    for bytes in [Array(table.utf8), Array("\u{FEFF}\(table)".utf8), utf16(table)] {
      let folder = try TemporaryFolder()
      try folder.write(bytes, to: "a.csv")
      let found = try await folder.locate("csv", field, annotation: 1)
      #expect(found.text.hasPrefix(text))
      #expect(found.path == path)
    }
  }

  @Test(arguments: [
    (
      "voc", "a.xml",
      VOCFixture.text { $0.objects[0] = VOCFixture.object("a", ["x", "1", "2", "3"]) },
      "object[1]/bndbox/xmin"
    ),
    ("yolo", "labels/a.txt", "0 .5 .5 .1 .1\n\n0 .5 .5 x .1\n", "row 2, width"),
    (
      "csv", "a.csv", "filename,width,height,class,xmin,ymin,xmax,ymax\na.png,32,24,a,1,2,3,q\n",
      "ymax"
    ),
    (
      "coco", "a.json",
      COCOFixture.text { $0.annotations[0].replace("[10, 5, 20, 15]", with: "\"x\"") },
      "annotations[0].bbox"
    ),
  ])
  func `a rejected value is named by what it is`(
    format: String, name: String, text: String, path: String
  ) async throws {
    let folder = try TemporaryFolder()
    try folder.picture(format == "yolo" ? "images/a.png" : "a.png")
    try folder.write(text, to: name)
    let imported = try await folder.read(format)
    let finding = try #require(imported.rejections.first { $0.kind == .annotation }).finding
    var finder = FieldFinder(imported.sources, format: .named(format))
    let located = finder.locate(finding)
    #expect(located.path == path)
    #expect(located.origin == finding.origin)
  }

  @Test func `pictures have no rows`() async throws {
    let folder = try TemporaryFolder()
    try folder.picture("images/a.png")
    try folder.picture("images/b.png")
    try folder.write("0 .5 .5 .1 .1\n", to: "labels/a.txt")
    let imported = try await folder.read("yolo")
    let finding = try #require(
      imported.findings.first { $0.rule == "image-without-label-file" })
    var finder = FieldFinder(imported.sources, format: .yolo)
    #expect(finder.locate(finding).path == nil)
  }

  @Test(
    arguments: [
      (RecordField.box, ""), (.area, ""), (.categoryID, ""), (.keypoints, ""), (nil, ""),
      (.box, String(repeating: " ", count: 5000)),
    ])
  func `without paths a field is found in the same place`(
    field: RecordField?, blanks: String
  ) throws {
    let folder = try TemporaryFolder()
    let record = #"{"id": 1, \#(blanks)"bbox": [1, 2, 3, 4], "area": 12, "category_id": 1}"#
    try folder.write(#"{"annotations": [\#(record), \#(record)]}"#, to: "a.json")
    let start = 17 + record.utf8.count + 2
    let finding = Finding(.malformedValue, "", at: Origin(file: 0, offset: start), field: field)
    var finder = FieldFinder(Sources([folder.path + "/a.json"]), format: .coco)
    let named = finder.locate(finding)
    finder.namesPaths = false
    let plain = finder.locate(finding)
    #expect(plain.origin == named.origin)
    #expect(named.path?.hasPrefix("annotations[1]") == true)
    #expect(plain.path == nil)
  }

  @Test func `findings without a place and of lost files stay as they are`() {
    var finder = FieldFinder(Sources(["/nowhere/a.json"]), format: .coco)
    let lost = Finding(.malformedValue, "", at: Origin(file: 0, offset: 3), field: .box)
    #expect(finder.locate(lost) == lost)
    let placeless = Finding(.malformedValue, "", field: .box)
    #expect(finder.locate(placeless) == placeless)
  }
}

/// The text as UTF-16 with a byte order mark.
func utf16(_ text: String) -> [UInt8] {
  [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
}

extension TemporaryFolder {
  /// Where the field of a record is found: the text from there on, and the path.
  func locate(
    _ format: String, _ field: RecordField, annotation: Int? = nil, image: Int? = nil
  ) async throws -> (text: String, path: String?) {
    let imported = try await read(format)
    let dataset = try imported.whole
    let origin =
      annotation.map { dataset.annotations[$0].origin } ?? dataset.images[image ?? 0].origin
    let record = RecordReference(annotation == nil ? .image : .annotation, annotation ?? image ?? 0)
    var finder = FieldFinder(imported.sources, format: .named(format))
    let located = finder.locate(
      Finding(.malformedValue, "", at: origin, record: record, field: field))
    let place = try #require(located.origin)
    let bytes = try InputFile.contents(imported.sources.paths[place.file])
    let isWide = bytes.starts(with: [0xFF, 0xFE])
    let rest = Array(bytes[place.offset...])
    let units = stride(from: 0, to: rest.count - 1, by: 2).map {
      UInt16(rest[$0]) | UInt16(rest[$0 + 1]) << 8
    }
    let text =
      isWide
      ? String(decoding: units, as: UTF16.self) : String(decoding: rest, as: UTF8.self)
    return (text, located.path)
  }
}
