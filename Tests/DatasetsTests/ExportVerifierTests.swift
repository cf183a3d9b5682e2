import COCO
import Files
import Formats
import Foundation
import TestSupport
import Testing

@testable import Datasets

@Suite struct ExportVerifierTests {
  private func dataset() -> Dataset {
    Dataset(
      images: ["a.jpg", "b.jpg"].enumerated().map {
        Image(id: $0 + 1, fileName: $1, width: 100, height: 50)
      }, categories: [COCO.Category(id: 1, name: "crab")])
  }

  @Test func `a picture whose reader finds no label is left out with the reason`() async throws {
    let folder = try TemporaryFolder()
    let exporter = try #require(Format.yolo.exporter).init(ExportOptions())
    let exported = exporter.export([dataset()])
    let files = try OutputFolder(folder.path("out"))
    for file in exported.files {
      if case .bytes(let bytes) = file.contents { try files.write(bytes, to: file.path) }
    }
    try files.commit()
    let verifier = ExportVerifier(
      format: .yolo, exporter: exporter, written: ExportOptions(), tasks: OrderedTasks(threads: 1))
    let found = try await verifier.differences(
      folder.path("out"), from: [dataset()], exported.pictures)
    #expect(found.isEmpty)
    var moved = exported.pictures
    moved[0].path = "images/train/images/a.jpg"
    moved[1].path = "images/train/b.png"
    moved.append(PlacedPicture(dataset: 0, index: 1, path: "images/train/b.jpg"))
    let wrong = try await verifier.differences(folder.path("out"), from: [dataset()], moved)
    #expect(
      wrong == [
        LeftOutRecord(
          .image, dataset: 0, index: 0,
          "readers find no file for it at images/train/images/a.jpg"),
        LeftOutRecord(
          .image, dataset: 0, index: 1,
          "readers use labels/train/b.txt for it, which belongs to another image"),
      ])
  }

  @Test func `places are those of the pictures that remain`() throws {
    var set = Imported()
    var dataset = dataset()
    dataset.images.insert(Image(id: 3, fileName: "a.png", width: 1, height: 1), at: 1)
    set.datasets = [dataset]
    let exporter = try #require(Format.yolo.exporter).init(ExportOptions())
    let written = WrittenSet(set, as: .yolo, exporter, ExportOptions())
    #expect(written.pictures.map(\.index) == [0, 1])
    for picture in written.pictures {
      let name = written.imported.datasets[0].images[picture.index].fileName
      #expect(picture.path == "images/train/\(name)")
    }
  }
}
