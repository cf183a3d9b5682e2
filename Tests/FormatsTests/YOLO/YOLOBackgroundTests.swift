import COCO
import Files
import TestSupport
import Testing

@testable import Formats

/// Which pictures without a label belong to a set of which folders alone say what it holds.
@Suite struct YOLOBackgroundTests {
  private static let row = "0 0.5 0.5 0.2 0.4\n"

  @Test(
    arguments: [
      "images/b.png", "images/more/b.png", "negatives/b.png", "set/background/b.png",
    ])
  func `pictures of the set are background`(_ picture: String) async throws {
    let fixture = try TemporaryFolder(yolo: [
      "images/a.png": "100x50", "labels/a.txt": Self.row, picture: "100x50", "classes.txt": "cat\n",
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["- 2 1"])
    #expect(imported.rules == ["image-without-label-file"])
  }

  @Test func `a split without labels beside others is kept`() async throws {
    let fixture = try TemporaryFolder(yolo: [
      "train/images/a.png": "100x50", "train/labels/a.txt": Self.row,
      "test/images/b.png": "100x50", "classes.txt": "cat\n",
    ])
    #expect(try await fixture.readYOLO().summary == ["train 1 1", "test 1 0"])
  }

  @Test(
    arguments: [
      "upload/images/b.png", "docs/b.png", "classification/train/cat/b.png", "b.png",
    ])
  func `pictures that nothing binds to the set are left out`(_ picture: String) async throws {
    let fixture = try TemporaryFolder(yolo: [
      "set/images/a.png": "100x50", "set/labels/a.txt": Self.row, picture: "100x50",
      "set/classes.txt": "cat\n",
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["- 1 1"])
    #expect(imported.rules.isEmpty)
    let folder = Path.folder(of: "\(fixture.path)/\(picture)")
    #expect(imported.notes.contains("\(folder) is left out: its image has no label"))
  }

  @Test(
    arguments: [
      ["data.yaml": "train: C:\\me\\train\\images\nval: D:\\v\nnames: [cat]\n"],
      ["data.yaml": "names: [cat]\n"], [:],
    ])
  func `a tree without labels holds nothing`(_ files: [String: String]) async throws {
    let pictures = Dictionary(
      uniqueKeysWithValues: (0..<5).map { ("crops_train/c\($0)/a.png", "100x50") })
    let imported = try await TemporaryFolder(yolo: pictures.merging(files) { first, _ in first })
      .readYOLO()
    #expect(imported.datasets.isEmpty)
    #expect(imported.notes.contains("there are no label files: nothing to convert"))
    #expect(imported.notes.contains { $0.hasPrefix("5 images in 5 folders are left out") })
  }

  @Test(arguments: ["predict/labels", "runs/detect/exp/labels", "out/predict2/labels"])
  func `predictions are no labels`(_ folder: String) async throws {
    let fixture = try TemporaryFolder(yolo: [
      "data.yaml": "train: ../train/images\nval: ../valid/images\nnames: [cat]\n",
      "photos/a.png": "100x50", "\(folder)/../a.png": "100x50", "\(folder)/a.txt": Self.row,
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.datasets.isEmpty)
    #expect(imported.notes.contains { $0.contains("left out: predictions are not labels") })
    let own = try await fixture.readYOLO(Path.folder(of: folder))
    #expect(own.summary == ["- 1 1"])
  }

  @Test func `labels without any picture name the option`() async throws {
    let fixture = try TemporaryFolder(yolo: [
      "labels/a.txt": Self.row, "labels/b.txt": Self.row, "logo.png": "100x50",
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.datasets.isEmpty)
    #expect(
      imported.notes.contains(
        "none of the 2 label files has an image here; --images gives their folder"))
  }

  @Test func `a picture of a format that is not read is named`() async throws {
    let fixture = try TemporaryFolder(yolo: [
      "images/a.avif": "\0\0\0\u{1C}ftypavif____mif1", "labels/a.txt": Self.row,
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.rules == ["unreadable-image", "unreadable-image"])
    #expect(imported.rejections[0].finding.message.hasPrefix("a.avif: found an AVIF image"))
  }
}
