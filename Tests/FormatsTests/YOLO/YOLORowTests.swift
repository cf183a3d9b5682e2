import COCO
import Foundation
import TestSupport
import Testing

@testable import Formats

@Suite struct YOLORowTests {
  @Test(
    arguments: [
      ("0 0.5 0.5 0.2 0.4", "five numbers"),
      ("0\t0.5\t0.5\t0.2\t0.4\n", "tabs"),
      ("  0   0.5 0.5  0.2 0.4  \r\n\r\n", "blanks and CR LF"),
      ("\n\n0 .5 5e-1 +0.2 0.4e0", "other spellings of the numbers"),
      ("\u{FEFF}0 0.5 0.5 0.2 0.4\n", "a byte order mark"),
      ("0.0 0.5 0.5 0.2 0.40000000000000000000", "more digits than fit"),
    ])
  func `a row is a box`(_ rows: String, _ what: String) async throws {
    let imported = try await TemporaryFolder(rows: rows).readYOLO()
    #expect(imported.boxes == [Box(x: 40, y: 15, width: 20, height: 20)], "\(what)")
    #expect(imported.rules.isEmpty)
  }

  @Test func `a box is measured in one order of operations`() async throws {
    let imported = try await TemporaryFolder(rows: "1 0.498437 0.479861 0.117188 0.168056\n")
      .readYOLO()
    let box = Box(
      x: (0.498437 - 0.117188 / 2) * 100, y: (0.479861 - 0.168056 / 2) * 50,
      width: 0.117188 * 100, height: 0.168056 * 50)
    #expect(imported.boxes == [box])
    #expect(imported.labels == ["b"])
  }

  @Test func `a sixth number is a confidence`() async throws {
    let imported = try await TemporaryFolder(rows: "0 0.5 0.5 0.2 0.4 0.75\n").readYOLO()
    #expect(imported.boxes == [Box(x: 40, y: 15, width: 20, height: 20)])
    #expect(imported.datasets[0].annotations[0].attributes == ["confidence": 0.75])
  }

  @Test(
    arguments: [
      ("0 0.1 0.2 0.5 0.2 0.5 0.6", [10.0, 10, 50, 10, 50, 30]),
      ("0 0.1 0.2 0.5 0.2 0.5 0.6 0.1 0.6", [10, 10, 50, 10, 50, 30, 10, 30]),
    ])
  func `points are a polygon and the box around it`(_ row: String, _ ring: [Double]) async throws {
    let imported = try await TemporaryFolder(rows: row).readYOLO()
    #expect(imported.boxes == [Box(x: 10, y: 10, width: 40, height: 20)])
    #expect(
      imported.datasets[0].annotations[0].segmentation == .polygons(Polygons([ring])))
  }

  @Test func `rows of several kinds stand in one file`() async throws {
    let rows = "0 0.5 0.5 0.2 0.4\n1 0.1 0.2 0.5 0.2 0.5 0.6\n0 0.5 0.5 0.2 0.4 0.9\n"
    let imported = try await TemporaryFolder(rows: rows).readYOLO()
    #expect(imported.labels == ["a", "b", "a"])
    #expect(imported.rules.isEmpty)
  }

  @Test func `a set of four corners is said to hold oriented boxes`() async throws {
    let imported = try await TemporaryFolder(rows: "0 0.1 0.2 0.5 0.2 0.5 0.6 0.1 0.6\n").readYOLO()
    #expect(imported.notes.contains { $0.contains("oriented boxes") })
  }

  @Test(
    arguments: [
      ("kpt_shape: [2, 3]", "0 0.5 0.5 0.2 0.4 0.4 0.4 2 0 0 0", [40.0, 20, 2, 0, 0, 0], 1),
      ("kpt_shape: [2, 2]", "0 0.5 0.5 0.2 0.4 0.4 0.4 0.5 0.6", [40, 20, 2, 50, 30, 2], 2),
      ("kpt_shape: [2, 2]", "0 0.5 0.5 0.2 0.4 0.4 0.4 0 0", [40, 20, 2, 0, 0, 0], 1),
    ])
  func `a pose has keypoints`(
    _ shape: String, _ row: String, _ keypoints: [Double], _ visible: Int
  ) async throws {
    let yaml = "train: images\nnames: [a]\n\(shape)\n"
    let imported = try await TemporaryFolder(rows: row, yaml: yaml).readYOLO()
    let annotation = try #require(imported.datasets.first?.annotations.first)
    #expect(annotation.box == Box(x: 40, y: 15, width: 20, height: 20))
    #expect(annotation.keypoints == keypoints)
    #expect(annotation.extra["num_keypoints"] == .integer(visible))
    #expect(imported.datasets[0].categories[0].extra["keypoints"] == ["0", "1"])
  }

  @Test(
    arguments: [
      ("0 0.5 0.5 0.2", "unknown-field-count", "2:14"),
      ("0 0.1 0.2 0.5 0.2 0.5 0.6 0.1", "unknown-field-count", "2:27"),
      ("crab 0.5 0.5 0.2 0.4", "malformed-value", "2:1"),
      ("0.5 0.5 0.5 0.2 0.4", "malformed-value", "2:1"),
      ("nan 0.5 0.5 0.2 0.4", "malformed-value", "2:1"),
      ("0 0.5 0,5 0.2 0.4", "malformed-value", "2:7"),
      ("0 0.5 0.5 0x1 0.4", "malformed-value", "2:11"),
      ("0 0.5 0.5 1.2.3 0.4", "malformed-value", "2:11"),
      ("0 0.5 0.5 1e 0.4", "malformed-value", "2:11"),
      ("0 0.5 0.5 - 0.4", "malformed-value", "2:11"),
      ("0 0.5 0.5 0.2 0.4 nan", "malformed-value", "2:19"),
      ("2 0.5 0.5 0.2 0.4", "unknown-category", "2:1"),
      ("-1 0.5 0.5 0.2 0.4", "unknown-category", "2:1"),
      ("0 nan 0.5 0.2 0.4", "non-finite-box", "2:1"),
      ("0 0.5 0.5 0.2 1e400", "non-finite-box", "2:1"),
      ("0 0.1 0.2 0.5 nan 0.5 0.6", "non-finite-box", "2:1"),
      ("0 0.5 0.5 -0.2 0.4", "inverted-box", "2:1"),
    ])
  func `a bad row is rejected alone`(_ row: String, _ rule: String, _ place: String) async throws {
    let good = "1 0.5 0.5 0.2 0.4"
    let imported = try await TemporaryFolder(rows: "\(good)\n\(row)\n\(good)\n").readYOLO()
    #expect(imported.rules == [rule])
    #expect(imported.rejections.map(\.kind) == [.annotation])
    #expect(imported.place(of: rule) == place)
    #expect(imported.labels == ["b", "b"])
  }

  @Test func `a rejected row is kept as it stood`() async throws {
    let imported = try await TemporaryFolder(rows: "  0 0.5 left 0.2 0.4 \r\n").readYOLO()
    #expect(imported.rejections.map(\.record) == ["0 0.5 left 0.2 0.4"])
  }

  @Test func `with keypoints other rows are no polygons`() async throws {
    let yaml = "train: images\nnames: [a]\nkpt_shape: [1, 3]\n"
    let imported = try await TemporaryFolder(rows: "0 0.5 0.5 0.2 0.4 0.4 0.4\n", yaml: yaml)
      .readYOLO()
    #expect(imported.rules == ["unknown-field-count"])
    #expect(imported.rejections[0].finding.message.contains("or 8 with keypoints, found 7"))
  }

  @Test(
    arguments: [
      ("0 23 17 14 8", Box(x: 16, y: 13, width: 14, height: 8)),
      ("0 10 10 30 10 30 20", Box(x: 10, y: 10, width: 20, height: 10)),
    ])
  func `pixels are reported and kept`(_ row: String, _ box: Box) async throws {
    let imported = try await TemporaryFolder(rows: row).readYOLO()
    #expect(imported.boxes == [box])
    #expect(imported.rules == ["unnormalised-coordinates"])
    #expect(imported.place(of: "unnormalised-coordinates") == "1:3")
  }

  @Test func `what is slightly too large is no pixel`() async throws {
    let imported = try await TemporaryFolder(rows: "0 0.9 0.5 0.5 1.5\n").readYOLO()
    #expect(imported.boxes[0]?.height == 75)
    #expect(!imported.rules.contains("unnormalised-coordinates"))
  }

  @Test(arguments: [false, true])
  func `utf16 is read`(isBigEndian: Bool) async throws {
    let fixture = try TemporaryFolder(rows: "")
    let text = "\u{FEFF}0 0.5 0.5 0.2 0.4\r\n0 0.5 left 0.2 0.4\r\n"
    let data = try #require(text.data(using: isBigEndian ? .utf16BigEndian : .utf16LittleEndian))
    try fixture.write(Array(data), to: "labels/one.txt")
    let imported = try await fixture.readYOLO()
    #expect(imported.boxes == [Box(x: 40, y: 15, width: 20, height: 20)])
    #expect(imported.place(of: "malformed-value") == "2:7")
  }

  @Test func `a file longer than the buffer is read whole`() async throws {
    let rows = String(repeating: "0 0.5 0.5 0.2 0.4\n", count: 10_000)
    let imported = try await TemporaryFolder(rows: rows).readYOLO()
    #expect(imported.datasets[0].annotations.count == 10_000)
  }
}
