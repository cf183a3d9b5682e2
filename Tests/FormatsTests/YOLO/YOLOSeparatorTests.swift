import COCO
import Files
import TestSupport
import Testing

@testable import Formats

/// Rows with something else than blanks between their values.
@Suite struct YOLOSeparatorTests {
  @Test(
    arguments: [
      ("1,0.1,0.2,0.1,0.2", "commas"), ("1, 0.1, 0.2, 0.1, 0.2", "commas"),
      ("1;0.1;0.2;0.1;0.2", "semicolons"), ("1 0,1 0,2 0,1 0,2", "decimal commas"),
      ("1,0.1 0.2,0.1 0.2", "commas"), ("1, 0.1 0.2 0.1 0.2", "commas"),
    ])
  func `are read with a word`(_ row: String, _ word: String) async throws {
    let fixture = try TemporaryFolder(rows: "0 0.5 0.5 0.2 0.4\n\(row)\n\(row)\n")
    let imported = try await fixture.readYOLO()
    #expect(imported.boxes[1] == Box(x: 5, y: 5, width: 10, height: 10))
    #expect(imported.labels == ["a", "b", "b"])
    #expect(imported.rules == ["malformed-value"])
    #expect(imported.findings[0].message.contains("found \(word) in 2 rows"))
    #expect(imported.place(of: "malformed-value") == "2:1")
  }

  @Test(arguments: ["1\t0.1\t0.2\t0.1\t0.2", "1  0.1 \t 0.2 0.1 0.2 "])
  func `tabs are blanks`(_ row: String) async throws {
    let imported = try await TemporaryFolder(rows: row).readYOLO()
    #expect(imported.boxes == [Box(x: 5, y: 5, width: 10, height: 10)])
    #expect(imported.rules.isEmpty)
  }

  @Test(arguments: ["1,0.1,0.2,0.1", "1,a,0.2,0.1,0.2", "1 0.1 0,2 0.1 0.2", "1;0,1;0,2;0,1;0,2"])
  func `rows that can mean two things are rejected`(_ row: String) async throws {
    let imported = try await TemporaryFolder(rows: row).readYOLO()
    #expect(imported.boxes.isEmpty)
    #expect(imported.rejections.count == 1)
  }

  @Test(
    arguments: [
      ["labels/a.txt": "0,0.5,0.5,0.2,0.4\n"],
      [
        "labels/a.txt": "cat 0.5 0.5 0.2 0.4\n", "labels/b.txt": "0 0.5 0.5 0.2 0.4\n",
        "labels/c.txt": "0 0.5 0.5 0.2 0.4\n",
      ],
      ["labels/a.txt": "", "labels/b.txt": "0 0.5 0.5 0.2 0.4\n"],
      ["img/a.png": "100x50", "ann/a.txt": "0 0.5 0.5 0.2 0.4\n", "ann/readme.txt": "words\n"],
    ])
  func `a few broken files do not hide the format`(_ files: [String: String]) throws {
    let fixture = try TemporaryFolder(yolo: files)
    #expect(Format.yolo.evidence(in: try InputTree(fixture.path))?.isFirm == true)
  }

  @Test func `labels without pictures are a hint`() async throws {
    let fixture = try TemporaryFolder(yolo: [
      "a.txt": "0 0.5 0.5 0.2 0.4\n", "b.txt": "1 0.5 0.5 0.2 0.4\n1 0.1 0.1 0.1 0.1\n",
    ])
    #expect(Format.yolo.evidence(in: try InputTree(fixture.path))?.isFirm == false)
    let imported = try await fixture.readYOLO()
    #expect(Set(imported.rules) == ["label-without-image"])
    #expect(imported.rejections.count == 5)
  }
}
