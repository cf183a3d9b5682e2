import COCO
import Files
import Formats
import TestSupport
import Testing

@Suite struct COCOEditingTests {
  private static let file = COCOFixture.text {
    $0.images = [COCOFixture.image(1, "a.png"), COCOFixture.image(2, "b.png")]
    $0.annotations = [1, 2, 3, 4].map { COCOFixture.annotation($0) }
    $0.categories = [COCOFixture.category(1, "crab"), COCOFixture.category(2, "eel")]
  }

  /// A change, the text that it replaces and the text that stands there then.
  struct Change: Sendable, CustomTestStringConvertible {
    let name: String
    let old: String
    let new: String
    let fix: @Sendable (inout Dataset) -> Void
    var testDescription: String { name }

    init(
      _ name: String, _ old: String, _ new: String,
      _ fix: @escaping @Sendable (inout Dataset) -> Void
    ) {
      self.name = name
      self.old = old
      self.new = new
      self.fix = fix
    }
  }

  static let first = COCOFixture.annotation(1)
  static let changes = [
    Change("box", first, first.replacing("5, 20,", with: "4.25, 22,")) {
      $0.annotations[0].box = Box(x: 10, y: 4.25, width: 22, height: 15)
    },
    Change("area", first, first.replacing("300", with: "1e+21")) {
      $0.annotations[0].area = 1e21
    },
    Change("crowd", first, first.replacing(#"crowd": 0"#, with: #"crowd": 1"#)) {
      $0.annotations[0].isCrowd = 1
    },
    Change("id", first, first.replacing(#"{"id": 1"#, with: #"{"id": 77"#)) {
      $0.annotations[0].id = 77
    },
    Change("category", first, first.replacing(#"ory_id": 1"#, with: #"ory_id": 2"#)) {
      $0.annotations[0].categoryID = 2
    },
    Change(
      "outline", first, String(first.dropLast()) + #", "segmentation": [[1, 2, 3.5, 4, 5, 6]]}"#
    ) {
      $0.annotations[0].segmentation = .polygons(Polygons([[1, 2, 3.5, 4, 5, 6]]))
    },
    Change("keypoints", first, String(first.dropLast()) + #", "num_keypoints": 4}"#) {
      $0.annotations[0].extra["num_keypoints"] = 4
    },
    Change(
      "size", COCOFixture.image(1, "a.png"),
      COCOFixture.image(1, "a.png").replacing("32", with: "64").replacing("24", with: "48")
    ) {
      $0.images[0].width = 64
      $0.images[0].height = 48
    },
    Change("image id", COCOFixture.image(2, "b.png"), COCOFixture.image(5, "b.png")) {
      $0.images[1].id = 5
    },
    Change("name", COCOFixture.category(2, "eel"), COCOFixture.category(3, #"Aal\n"#)) {
      $0.categories[1].name = "Aal\n"
      $0.categories[1].id = 3
    },
    Change("first record", first + ",\n" + COCOFixture.annotation(2), COCOFixture.annotation(2)) {
      $0.annotations.remove(at: 0)
    },
    Change(
      "two records", COCOFixture.annotation(2) + ",\n" + COCOFixture.annotation(3) + ",\n", ""
    ) {
      $0.annotations.removeSubrange(1...2)
    },
    Change(
      "last records",
      ",\n" + COCOFixture.annotation(3) + ",\n" + COCOFixture.annotation(4), ""
    ) {
      $0.annotations.removeSubrange(2...3)
    },
    Change(
      "all records", [1, 2, 3, 4].map { COCOFixture.annotation($0) }.joined(separator: ",\n"), ""
    ) {
      $0.annotations = []
    },
    Change("image", ",\n" + COCOFixture.image(2, "b.png"), "") { $0.images.removeLast() },
    Change("category record", ",\n" + COCOFixture.category(2, "eel"), "") {
      $0.categories.removeLast()
    },
  ]

  @Test(arguments: changes)
  func `a change touches its value alone`(change: Change) async throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.file, to: "a.json")
    let edited = try await folder.edit("coco") { change.fix(&$0[0]) }
    #expect(edited.unapplied == [])
    #expect(edited.hasExactChanges)
    let range = try #require(Self.file.firstRange(of: change.old))
    let expected = Self.file.replacingCharacters(in: range, with: change.new)
    #expect(try edited.text == expected)
  }

  @Test func `every second record goes, the last one too`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.file, to: "a.json")
    let edited = try await folder.edit("coco") {
      $0[0].annotations = [$0[0].annotations[0], $0[0].annotations[2]]
    }
    let list = [1, 3].map { COCOFixture.annotation($0) }
    #expect(
      try edited.text
        == COCOFixture.text {
          $0.images = [COCOFixture.image(1, "a.png"), COCOFixture.image(2, "b.png")]
          $0.annotations = list
          $0.categories = [COCOFixture.category(1, "crab"), COCOFixture.category(2, "eel")]
        })
  }

  @Test func `a new member is spaced as the others are`() async throws {
    let record = """
      {
            "id": 1,
            "image_id": 1,
            "category_id": 1,
            "bbox": [
              1,
              2,
              3,
              4
            ]
          }
      """
    let folder = try TemporaryFolder()
    let file = COCOFixture.text { $0.annotations = [record] }.replacing("\n", with: "\r\n")
    try folder.write(Array("\u{FEFF}\(file)".utf8), to: "a.json")
    let edited = try await folder.edit("coco") {
      $0[0].annotations[0].area = 99.5
      $0[0].annotations[0].isCrowd = 1
      $0[0].annotations[0].box?.width = 5
    }
    #expect(
      try edited.text
        == "\u{FEFF}"
        + file.replacing("        3,", with: "        5,").replacing(
          "  ]\r\n    }",
          with: "  ],\r\n      \"area\": 99.5,\r\n      \"iscrowd\": 1\r\n    }"))
  }

  @Test func `a file without blanks gets none`() async throws {
    let folder = try TemporaryFolder()
    let record = #"{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4]}"#
    try folder.write(COCOFixture.text { $0.annotations = [record] }, to: "a.json")
    let edited = try await folder.edit("coco") {
      $0[0].annotations[0].segmentation = .polygons(Polygons([[1, 2, 3, 4, 5, 6.5]]))
      $0[0].annotations[0].area = 13
    }
    #expect(
      try edited.text.contains(
        #""bbox":[1,2,3,4],"area":13,"segmentation":[[1,2,3,4,5,6.5]]}"#))
  }

  @Test func `an outline goes with its comma, however often it stands`() async throws {
    let record =
      #"{"segmentation": [[1, 2, 3, 4, 5, 6]], "id": 1, "image_id": 1, "category_id": 1, "#
      + #""bbox": [1, 2, 3, 4], "area": 1, "iscrowd": 0, "segmentation": [[1, 2, 9, 4, 5, 6]]}"#
    let folder = try TemporaryFolder()
    try folder.write(COCOFixture.text { $0.annotations = [record] }, to: "a.json")
    let edited = try await folder.edit("coco") { $0[0].annotations[0].segmentation = nil }
    #expect(
      try edited.text.contains(
        #"\#n{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "area": 1, "iscrowd": 0}"#
      ))
  }

  @Test func `braces in strings and in nested values are passed over`() async throws {
    let record =
      #"{"note": "]}, {\"area\": 1}", "deep": {"area": 5, "x": [{}]}, "id": 1, "#
      + #""image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "area": 12, "iscrowd": 0}"#
    let folder = try TemporaryFolder()
    let file = COCOFixture.text { $0.annotations = [record, COCOFixture.annotation(2)] }
    try folder.write(file, to: "a.json")
    let area = try await folder.edit("coco") { $0[0].annotations[0].area = 13 }
    #expect(try area.text == file.replacing("\"area\": 12", with: "\"area\": 13"))
    let gone = try await folder.edit("coco") { $0[0].annotations.removeFirst() }
    #expect(try gone.text == file.replacing(record + ",\n", with: ""))
  }

  @Test func `of a key that stands twice the last is set`() async throws {
    let record =
      #"{"id": 1, "image_id": 1, "category_id": 1, "area": 300, "bbox": [1, 2, 3, 4], "#
      + #""iscrowd": 0, "area": 12}"#
    let folder = try TemporaryFolder()
    let file = COCOFixture.text { $0.annotations = [record] }
    try folder.write(file, to: "a.json")
    let edited = try await folder.edit("coco") { $0[0].annotations[0].area = 300.5 }
    #expect(try edited.text == file.replacing("\"area\": 12", with: "\"area\": 300.5"))
  }

  @Test func `text is replaced where a fix says so, but not twice`() async throws {
    let folder = try TemporaryFolder()
    let file = COCOFixture.text { $0.categories = [COCOFixture.category(1, " crab")] }
    try folder.write(file, to: "a.json")
    let start = file.utf8.distance(
      from: file.startIndex, to: try #require(file.firstRange(of: " crab")).lowerBound)
    let edits = [
      (start..<start + 1, ""), (start..<start + 5, "crab"), (9999..<10000, ""),
    ].map { range, text in
      RecordChange(
        record: nil, origin: Origin(file: 0, offset: range.lowerBound),
        content: .text(range, text))
    }
    let edited = try await folder.edit("coco", texts: edits) { _ in }
    #expect(try edited.text == file.replacing(" crab", with: "crab"))
    #expect(
      edited.unapplied.map(\.reason)
        == ["another change is made to the same text", "the file ends before byte 10000"])
  }

  @Test func `what JSON cannot hold and records of no file are given back`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(COCOFixture.text { $0.categories = [] }, to: "a.json")
    let edited = try await folder.edit("coco") {
      $0[0].annotations[0].area = .nan
      $0[0].categories[0].name = "eel"
    }
    #expect(edited.files == [])
    #expect(
      Set(edited.unapplied.map(\.reason)) == [
        "JSON cannot write a number that is not finite",
        "no file holds this category as a record",
      ])
  }

  @Test func `nothing changes where nothing is fixed`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.file.replacing("[10, 5, 20", with: "[NaN, 5, 20"), to: "a.json")
    let edited = try await folder.edit("coco") { _ in }
    #expect(edited.files == [] && edited.unapplied == [])
  }

  @Test func `formats that are not edited give every change back`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "filename,width,height,class,xmin,ymin,xmax,ymax\na.png,9,9,a,1,2,3,4\n", to: "a.csv")
    let edited = try await folder.edit("csv") { $0[0].annotations[0].box?.x = 0 }
    #expect(edited.files == [])
    #expect(edited.unapplied.map(\.reason) == ["csv files are not edited"])
  }
}

private let n = "\n"

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with new: String) -> String {
    String(self[..<range.lowerBound]) + new + self[range.upperBound...]
  }
}
