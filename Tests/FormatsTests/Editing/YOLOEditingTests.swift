import COCO
import Formats
import TestSupport
import Testing

@Suite struct YOLOEditingTests {
  /// A set of one picture of 32 × 24.
  private func edit(
    _ rows: [UInt8], yaml: String = "train: images\nnames: [crab, eel, cod]\n",
    _ fix: (inout Dataset) -> Void
  ) async throws -> (edited: EditedSources, read: Dataset, fixed: Dataset) {
    let folder = try TemporaryFolder()
    try folder.picture("images/a.png")
    try folder.write(rows, to: "labels/a.txt")
    try folder.write(yaml, to: "data.yaml")
    var fixed = Dataset()
    let edited = try await folder.edit("yolo") {
      fix(&$0[0])
      fixed = $0[0]
    }
    #expect(edited.hasExactChanges)
    try folder.write(edited)
    return (edited, try await folder.read("yolo").whole, fixed)
  }

  private func edit(
    _ rows: String, _ fix: (inout Dataset) -> Void
  ) async throws -> (edited: EditedSources, read: Dataset, fixed: Dataset) {
    try await edit(Array(rows.utf8), fix)
  }

  @Test func `only the numbers that change are written`() async throws {
    let (edited, read, fixed) = try await edit("0 0.50 0.5\t0.25 0.2500\r\n") {
      $0.annotations[0].box = Box(x: 12, y: 9, width: 10, height: 6)
      $0.annotations[0].area = 60
    }
    #expect(try edited.text == "0 0.53125 0.5\t0.3125 0.2500\r\n")
    #expect(read.boxes == fixed.boxes)
    #expect(edited.unapplied == [])
  }

  @Test func `numbers get the decimals that the box needs`() async throws {
    let (edited, read, fixed) = try await edit("0 0.500000 0.500000 0.250000 0.250000 0.9\n") {
      $0.annotations[0].box?.width = 10.0 / 3
    }
    #expect(try edited.text == "0 0.42708333 0.500000 0.10416667 0.250000 0.9\n")
    for (left, right) in zip(read.boxes[0], fixed.boxes[0]) { #expect(abs(left - right) <= 1e-6) }
  }

  @Test(arguments: [
    ("0 .5 .5 .1 .1\n1 .5 .5 .1 .1\n2 .5 .5 .1 .1\n", [0], "1 .5 .5 .1 .1\n2 .5 .5 .1 .1\n"),
    ("0 .5 .5 .1 .1\n1 .5 .5 .1 .1\n2 .5 .5 .1 .1\n", [0, 2], "1 .5 .5 .1 .1\n"),
    ("0 .5 .5 .1 .1\r\n\r\n 1 .5 .5 .1 .1", [1], "0 .5 .5 .1 .1\r\n"),
    ("0 .5 .5 .1 .1\r\n1 .5 .5 .1 .1\r\n2 .5 .5 .1 .1", [1, 2], "0 .5 .5 .1 .1"),
    ("\u{FEFF}0 .5 .5 .1 .1", [0], "\u{FEFF}"),
    ("0 .5 .5 .1 .1\r1 .5 .5 .1 .1", [0], "1 .5 .5 .1 .1"),
  ])
  func `a row goes with its line end`(rows: String, removed: [Int], left: String) async throws {
    let (edited, _, _) = try await edit(rows) { dataset in
      for index in removed.reversed() { dataset.annotations.remove(at: index) }
    }
    #expect(try edited.text == left)
    #expect(edited.unapplied == [])
  }

  @Test func `a class is written as its number in the list of names`() async throws {
    let (edited, read, _) = try await edit("0 .5 .5 .1 .1\n1 .25 .5 .1 .1\n") {
      $0.annotations[0].categoryID = 3
    }
    #expect(try edited.text == "2 .5 .5 .1 .1\n1 .25 .5 .1 .1\n")
    #expect(read.annotations.map(\.categoryID) == [3, 2])
  }

  @Test func `a class's number is learnt where the list has gaps`() async throws {
    let (edited, _, _) = try await edit(
      Array("3 .5 .5 .1 .1\n7 .25 .5 .1 .1\n".utf8),
      yaml: "train: images\nnames: {3: crab, 7: eel, 9: cod}\n"
    ) {
      $0.annotations[0].categoryID = 2
      $0.annotations[1].categoryID = 3
    }
    #expect(try edited.text == "7 .5 .5 .1 .1\n7 .25 .5 .1 .1\n")
    #expect(
      edited.unapplied.map(\.reason)
        == ["no row shows which number the new category has in the list of names"])
  }

  @Test func `corners are written one by one, or all where their number changes`() async throws {
    let row = "0  0.25 0.25 0.5 0.25 0.5 0.5\n"
    let (moved, _, _) = try await edit(row) {
      $0.annotations[0].segmentation = .polygons(Polygons([[8, 6, 16, 6, 16, 15]]))
      $0.annotations[0].box?.height = 9
    }
    #expect(try moved.text == "0  0.25 0.25 0.5 0.25 0.5 0.625\n")
    let (longer, read, fixed) = try await edit(row) {
      $0.annotations[0].segmentation = .polygons(Polygons([[8, 6, 16, 6, 16, 12, 8, 12]]))
    }
    #expect(try longer.text == "0  0.25  0.25  0.5  0.25  0.5  0.5  0.25  0.5\n")
    #expect(read.annotations[0].segmentation == fixed.annotations[0].segmentation)
    let (box, _, _) = try await edit(row) { $0.annotations[0].segmentation = nil }
    #expect(try box.text == "0  0.375  0.375  0.25  0.25\n")
  }

  @Test func `rows of pixels stay such`() async throws {
    let (edited, read, fixed) = try await edit("0 16 12 8 6\n") {
      $0.annotations[0].box = Box(x: 12, y: 9, width: 9, height: 6)
    }
    #expect(try edited.text == "0 16.5 12 9 6\n")
    #expect(read.boxes == fixed.boxes)
    let (refused, _, _) = try await edit("0 16 12 8 6\n") {
      $0.annotations[0].box = Box(x: 0, y: 0, width: 1, height: 1)
    }
    #expect(
      refused.unapplied.map(\.reason) == ["the row would be read as parts of the image's size"])
  }

  @Test(arguments: ["\u{FEFF}", "", "wide"])
  func `encodings and line ends stay`(mark: String) async throws {
    let rows = "0\t0.5 0.5 0.25 0.25\r\n \r\n1 0.5 0.5 0.25 0.25  \r\n0 0.5 0.5 0.25 0.25"
    let expected = "0\t0.5 0.5 0.25 0.25\r\n \r\n1 0.53125 0.5 0.3125 0.25  "
    let (edited, _, _) = try await edit(
      mark == "wide" ? utf16(rows) : Array((mark + rows).utf8)
    ) {
      $0.annotations[1].box?.width = 10
      $0.annotations.removeLast()
    }
    #expect(
      edited.files[0].new == (mark == "wide" ? utf16(expected) : Array((mark + expected).utf8)))
  }

  @Test func `what YOLO cannot hold is given back`() async throws {
    let (edited, _, _) = try await edit("0 .5 .5 .1 .1\n1 .2 .2 .2 .3 .3 .3\n") {
      $0.categories[0].name = "krabbe"
      $0.categories.removeLast()
      $0.images[0].width = 99
      $0.annotations[0].isCrowd = 1
      $0.annotations[0].box?.x = .nan
      $0.annotations[1].box?.x = 0
    }
    #expect(edited.files == [])
    #expect(
      Set(edited.unapplied.map { "\($0.field?.rawValue ?? "record"): \($0.reason)" }) == [
        "name: the list of class names is not rewritten",
        "record: the list of class names is not rewritten",
        "width: YOLO files hold no width that could be changed",
        "iscrowd: YOLO files hold no iscrowd", "bbox: YOLO files hold finite boxes only",
        "bbox: the box of a row with corners is that around them",
      ])
  }

  @Test func `an image does not go, nor what is on it`() async throws {
    let (edited, _, _) = try await edit("0 .5 .5 .1 .1\n") {
      $0.images = []
      $0.annotations = []
    }
    #expect(edited.files == [])
    #expect(
      edited.unapplied.map(\.reason) == ["the image is a separate file, which is not deleted"])
  }
}
