import COCO
import TestSupport
import Testing

@testable import Formats

/// Lists of pictures, from `data.yaml` and from Darknet's `obj.data`.
@Suite struct YOLOListTests {
  private static let row = "0 0.5 0.5 0.2 0.4\n"

  /// Darknet's layout: three pictures with their labels beside them in `data/img`.
  private static func darknet(_ files: [String: String] = [:]) throws -> TemporaryFolder {
    var all = [
      "data/obj.data": "classes= 2\ntrain  = data/train.txt\nvalid=data/valid.txt\n"
        + "names =  data/obj.names\nbackup = backup/\n\n",
      "data/obj.names": "air\nbird",
      "data/train.txt": "data/img/a1.png\ndata/img/a2.png\n",
      "data/valid.txt": "data/img/a3.png\n",
    ]
    for index in 1...3 {
      all["data/img/a\(index).png"] = "100x50"
      all["data/img/a\(index).txt"] = row
    }
    return try TemporaryFolder(yolo: all.merging(files) { $1 })
  }

  @Test(arguments: ["", "data", "data/obj.data"])
  func `darknets data file is followed`(_ input: String) async throws {
    let imported = try await Self.darknet().readYOLO(input)
    #expect(imported.summary == ["train 2 2", "val 1 1"])
    #expect(imported.datasets[0].categories.map(\.name) == ["air", "bird"])
    #expect(imported.rules.isEmpty)
  }

  @Test func `darknets data file decides beside another`() async throws {
    let imported = try await Self.darknet(["data.yaml": "names: [x]\ntrain: data/img\n"]).readYOLO()
    #expect(imported.datasets[0].categories.map(\.name) == ["air", "bird"])
  }

  @Test(
    arguments: [
      "/home/me/darknet/data/img/a1.png\n/home/me/darknet/data/img/a2.png\n",
      "C:\\darknet\\data\\img\\a1.png\r\nC:\\darknet\\data\\img\\a2.png\r\n",
    ])
  func `paths of another machine are found by their endings`(_ list: String) async throws {
    let imported = try await Self.darknet(["data/train.txt": list]).readYOLO()
    #expect(imported.summary == ["train 2 2", "val 1 1"])
    #expect(imported.rules == ["foreign-absolute-path"])
    #expect(imported.findings[0].severity == .information)
    #expect(imported.findings[0].message.hasPrefix("2 paths"))
    #expect(imported.place(of: "foreign-absolute-path") == "1:1")
  }

  @Test func `one list for both splits is told`() async throws {
    let fixture = try Self.darknet([
      "data/obj.data": "train = data/train.txt\nvalid = data/train.txt\nnames = obj.names\n"
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["train 2 2", "val 2 2", "unlisted 1 1"])
    #expect(imported.rules == ["same-folder-splits"])
    #expect(imported.findings.first?.message == "train and val are the same 2 images")
  }

  @Test func `pictures in two lists are counted`() async throws {
    let fixture = try Self.darknet(["data/valid.txt": "data/img/a2.png\ndata/img/a3.png\n"])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["train 2 2", "val 2 2"])
    #expect(imported.notes == ["train and val share 1 image"])
  }

  @Test func `a listed picture that is not there is rejected`() async throws {
    let fixture = try Self.darknet([
      "data/train.txt": "data/img/a1.png\n\ndata/img/lost.png\n"
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.rules == ["missing-image-file"])
    #expect(imported.place(of: "missing-image-file") == "3:1")
    #expect(imported.summary == ["train 1 1", "val 1 1", "unlisted 1 1"])
    #expect(imported.read.images == 4)
  }

  @Test func `a listed picture that is not there is rejected with its rows`() async throws {
    let fixture = try Self.darknet([
      "data/train.txt": "data/img/lost.png\n", "data/img/lost.txt": Self.row,
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.rejections.map(\.kind) == [.image, .annotation])
    #expect(Set(imported.rules) == ["label-without-image"])
  }

  @Test func `a listed picture is found by its stem`() async throws {
    let fixture = try Self.darknet(["data/train.txt": "data/img/a1.jpg\ndata/img/A2.png\n"])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["train 2 2", "val 1 1"])
    #expect(imported.rules == ["name-matched-loosely", "name-matched-loosely"])
  }

  @Test(
    arguments: [
      ("classes = 3\nnames = obj.names\ntrain = train.txt\n", "malformed-value", "1:11"),
      ("names = obj.names\nwhat is this\ntrain = train.txt\n", "malformed-value", "2:1"),
      ("names = lost.names\ntrain = train.txt\n", "missing-field", "1:9"),
      ("names = obj.names\ntrain = train.txt\nvalid = lost.txt\n", "missing-image-file", "3:9"),
    ])
  func `odd data files are reported`(_ text: String, _ rule: String, _ place: String) async throws {
    let imported = try await Self.darknet(["data/obj.data": text]).readYOLO()
    #expect(imported.summary.first == "train 2 2")
    #expect(imported.rules == [rule])
    #expect(imported.place(of: rule) == place)
  }

  @Test(
    arguments: [
      "images/train/a.png\n", "./images/train/a.png\n", "/content/set/images/train/a.png\n",
      "../images/train/a.png",
    ])
  func `a data file can name lists`(_ list: String) async throws {
    let fixture = try TemporaryFolder(yolo: [
      "data.yaml": "train: train.txt\nnames: [a]\n", "train.txt": list,
      "images/train/a.png": "100x50", "labels/train/a.txt": Self.row,
      "images/train/unlisted.png": "100x50",
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["train 1 1"])
    #expect(imported.rules.allSatisfy { $0 == "foreign-absolute-path" })
  }
}
