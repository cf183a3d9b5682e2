import COCO
import TestSupport
import Testing

@testable import Formats

@Suite struct YOLONamesTests {
  private static let row = "1 0.5 0.5 0.2 0.4\n"

  @Test(
    arguments: [
      ("names: [a, b]", "a flow list"),
      ("names:\n- a\n- b", "a block list"),
      ("names: {0: a, 1: b}", "a flow map"),
      ("names:\n  0: a\n  1: 'b'", "a block map"),
      ("nc: 2\nnames: ['a', \"b\"] # two", "nc and a comment"),
      ("\u{FEFF}names: [a, b]\r", "a byte order mark and CR LF"),
    ])
  func `names are read in every form`(_ names: String, _ what: String) async throws {
    let fixture = try TemporaryFolder(rows: Self.row, yaml: "\(names)\ntrain: images\n")
    let imported = try await fixture.readYOLO()
    #expect(imported.datasets.map { $0.categories.map(\.name) } == [["a", "b"]], "\(what)")
    #expect(imported.labels == ["b"])
    #expect(imported.rules.isEmpty)
  }

  @Test func `an unsorted map is read by its numbers`() async throws {
    let yaml = "train: images\nnames:\n  1: b\n  0: a\n"
    let imported = try await TemporaryFolder(rows: Self.row, yaml: yaml).readYOLO()
    #expect(imported.labels == ["b"])
    #expect(imported.datasets[0].categories.map(\.name) == ["a", "b"])
    #expect(imported.rules == ["unsorted-names-map"])
    #expect(imported.findings[0].severity == .information)
    #expect(imported.place(of: "unsorted-names-map") == "4:3")
  }

  @Test func `names keep their numbers across a gap`() async throws {
    let yaml = "train: images\nnames:\n  0: a\n  2: c\n"
    let rows = "0 0.5 0.5 0.2 0.4\n1 0.5 0.5 0.2 0.4\n2 0.5 0.5 0.2 0.4\n"
    let imported = try await TemporaryFolder(rows: rows, yaml: yaml).readYOLO()
    #expect(imported.labels == ["a", "c"])
    #expect(imported.rules == ["gappy-names-map", "unknown-category"])
    #expect(imported.place(of: "gappy-names-map") == "4:3")
  }

  @Test(
    arguments: [
      ("nc: 3\nnames: [a, b]", "malformed-value", "1:5"),
      ("nc: many\nnames: [a, b]", "malformed-value", "1:5"),
      ("names: {0: a, 1: b, x: c}", "malformed-value", "1:21"),
      ("names: {0: a, 1: b, -1: c}", "malformed-value", "1:21"),
      ("names: [a, b, [c]]", "malformed-value", "1:15"),
      ("names: [a, b, '']", "empty-name", "1:15"),
      ("names: [a, b, a]", "duplicate-category-name", "1:15"),
      ("names: [a, b]\nkpt_shape: [17]", "malformed-value", "2:12"),
    ])
  func `odd names are reported`(_ names: String, _ rule: String, _ place: String) async throws {
    let fixture = try TemporaryFolder(rows: Self.row, yaml: "\(names)\ntrain: images\n")
    let imported = try await fixture.readYOLO()
    #expect(imported.rules == [rule])
    #expect(imported.place(of: rule) == place)
    #expect(imported.labels == ["b"])
  }

  @Test(
    arguments: [
      ("names: [a, b\ntrain: images\n", "2:6"),
      ("names:\n\t- a\n", "2:1"),
      ("names: {0: a, 0: b}\n", "1:9"),
      ("- a\n", "1:1"),
      ("", "1:1"),
    ])
  func `nothing is read through a broken data file`(_ yaml: String, _ place: String) async throws {
    let imported = try await TemporaryFolder(rows: Self.row, yaml: yaml).readYOLO("data.yaml")
    #expect(imported.datasets.isEmpty)
    #expect(imported.rules == ["malformed-file"])
    #expect(imported.place(of: "malformed-file") == place)
  }

  @Test func `names given by the user count by number`() async throws {
    var options = ImportOptions()
    options.classNames = ["x", "y", "z"]
    let fixture = try TemporaryFolder(rows: "2 0.5 0.5 0.2 0.4\n0 0.5 0.5 0.2 0.4\n")
    let imported = try await fixture.readYOLO(options: options)
    #expect(imported.labels == ["z", "x"])
    #expect(imported.datasets[0].categories.map(\.name) == ["x", "y", "z"])
  }

  @Test(arguments: ["classes.txt", "labels/classes.txt", "obj.names", "names/my.names"])
  func `names are found without a data file`(_ name: String) async throws {
    let fixture = try TemporaryFolder(yolo: [
      "images/one.png": "100x50", "labels/one.txt": Self.row, name: "a\r\nb\n\n",
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.labels == ["b"])
    #expect(imported.rules.isEmpty)
  }

  @Test func `without names classes are called by their numbers`() async throws {
    let fixture = try TemporaryFolder(yolo: [
      "images/train/a.png": "100x50", "labels/train/a.txt": "10 0.5 0.5 0.2 0.4\n",
      "images/val/b.png": "100x50", "labels/val/b.txt": "2 0.5 0.5 0.2 0.4\n",
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.labels == ["10", "2"])
    #expect(imported.datasets.map { $0.categories.map(\.name) } == [["2", "10"], ["2", "10"]])
    #expect(imported.notes.contains { $0.contains("--categories") })
    #expect(imported.rules.isEmpty)
  }

  @Test func `a count without names limits the numbers`() async throws {
    let yaml = "train: images\nnc: 2\n"
    let rows = "1 0.5 0.5 0.2 0.4\n2 0.5 0.5 0.2 0.4\n"
    let imported = try await TemporaryFolder(rows: rows, yaml: yaml).readYOLO()
    #expect(imported.labels == ["1"])
    #expect(imported.rules == ["unknown-category"])
  }

  @Test func `numbers without names say what to do`() async throws {
    let fixture = try TemporaryFolder(yolo: [
      "images/a.png": "100x50", "labels/a.txt": "0 0.5 0.5 0.2 0.4\n4 0.5 0.5 0.2 0.4\n",
      "classes.txt": "cat\n",
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.rules == ["unknown-category"])
    #expect(
      imported.notes.contains(
        "the labels hold class numbers up to 4, and only 1 class has a name; --categories takes all "
          + "names, in the order of the numbers"))
  }
}
