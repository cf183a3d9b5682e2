import COCO
import Files
import TestSupport
import Testing

@testable import Formats

@Suite struct YOLOPicturesElsewhereTests {
  private static let row = "0 0.5 0.5 0.2 0.4\n"

  @Test(
    arguments: [
      ("labels/a.txt", "a.png", "-"),
      ("a.txt", "a.png", "-"),
      ("labels/train/a.txt", "a.png", "train"),
      ("labels/train/a.txt", "train/a.png", "train"),
      ("train/labels/a.txt", "train/images/a.png", "train"),
      ("labels/a.txt", "deep/down/a.png", "-"),
      ("labels/train/a.txt", "images/train/A.PNG", "train"),
    ])
  func `labels find their pictures below another folder`(
    _ label: String, _ picture: String, _ split: String
  ) async throws {
    let labels = try TemporaryFolder(yolo: [label: Self.row, "classes.txt": "a"])
    let pictures = try TemporaryFolder(yolo: [picture: "100x50"])
    var options = ImportOptions()
    options.imagesFolder = pictures.path
    let imported = try await labels.readYOLO(options: options)
    #expect(imported.datasets.map { $0.split ?? "-" } == [split])
    #expect(imported.boxes == [Box(x: 40, y: 15, width: 20, height: 20)])
    #expect(imported.rejections.isEmpty)
  }

  @Test func `a list finds its pictures there`() async throws {
    let labels = try TemporaryFolder(yolo: [
      "obj.data": "train = train.txt\nnames = obj.names\n", "obj.names": "a",
      "train.txt": "data/img/a.png\n", "data/img/a.txt": Self.row,
    ])
    let pictures = try TemporaryFolder(yolo: ["a.png": "100x50"])
    var options = ImportOptions()
    options.imagesFolder = pictures.path
    let imported = try await labels.readYOLO(options: options)
    #expect(imported.boxes == [Box(x: 40, y: 15, width: 20, height: 20)])
  }

  @Test func `pictures without labels are background`() async throws {
    let labels = try TemporaryFolder(yolo: ["labels/a.txt": Self.row, "classes.txt": "a"])
    let pictures = try TemporaryFolder(yolo: ["a.png": "100x50", "b.png": "100x50"])
    var options = ImportOptions()
    options.imagesFolder = pictures.path
    let imported = try await labels.readYOLO(options: options)
    #expect(imported.read.images == 2)
    #expect(imported.rules == ["image-without-label-file"])
  }

  @Test func `pictures without labels belong to none of several splits`() async throws {
    let labels = try TemporaryFolder(yolo: [
      "labels/train/a.txt": Self.row, "labels/val/b.txt": Self.row, "classes.txt": "a",
    ])
    let pictures = try TemporaryFolder(yolo: [
      "a.png": "100x50", "b.png": "100x50", "c.png": "100x50",
    ])
    var options = ImportOptions()
    options.imagesFolder = pictures.path
    let imported = try await labels.readYOLO(options: options)
    #expect(imported.datasets.map(\.images.count) == [1, 1])
    #expect(imported.notes.contains { $0.hasPrefix("1 images in") })
  }

  @Test func `a folder that does not exist is an error`() async throws {
    let labels = try TemporaryFolder(yolo: ["labels/a.txt": Self.row])
    var options = ImportOptions()
    options.imagesFolder = labels.path + "/lost"
    await #expect(throws: FileError.self) { try await labels.readYOLO(options: options) }
  }

  @Test(arguments: ["a.jpg", "x/a.jpg"])
  func `known sizes stand in for pictures`(_ name: String) async throws {
    let stem = Path.withoutExtension(name)
    let fixture = try TemporaryFolder(yolo: [
      "data.yaml": "train: images/train\nmini: images/mini\nnames: [a]\n",
      "labels/train/\(stem).txt": Self.row, "labels/mini/\(stem).txt": Self.row,
    ])
    var options = ImportOptions()
    options.knownSizes = [name: ImageSize(width: 100, height: 50)]
    let imported = try await fixture.readYOLO(options: options)
    #expect(imported.datasets.map(\.split) == ["train", "mini"])
    let box = Box(x: 40, y: 15, width: 20, height: 20)
    #expect(imported.boxes == [box, box])
    #expect(imported.rules.isEmpty)
  }
}
