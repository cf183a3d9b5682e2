import COCO
import Files
import Formats
import Foundation
import Testing

@Suite struct RoundTripTests {
  /// The formats of boxes that can be written and read with all that they are given.
  static let formats = Format.writable.filter { !$0.holdsAll && $0 != .huggingface }.map(\.name)

  @Test(arguments: formats, Array(1...20) as [UInt64])
  func `boxes come back`(format: String, seed: UInt64) async throws {
    var generator = DatasetGenerator(format: format, seed: seed)
    try await expectReturn(of: generator.datasets(), as: format)
  }

  @Test(arguments: formats.filter { $0 != "csv" }, Array(21...30) as [UInt64])
  func `outlines come back`(format: String, seed: UInt64) async throws {
    var generator = DatasetGenerator(format: format, seed: seed)
    generator.hasOutlines = true
    var options = ExportOptions()
    options.yoloRows = .polygon
    try await expectReturn(of: generator.datasets(), as: format, options)
  }

  @Test(.enabled(if: formats.contains("yolo")))
  func `keypoints come back`() async throws {
    var dataset = beach()
    for index in dataset.annotations.indices {
      dataset.annotations[index].attributes = [:]
      dataset.annotations[index].segmentation = nil
      dataset.annotations[index].keypoints = [1, 2, 2, 0, 0, 0, 30.5, 17.25, 1]
    }
    dataset.split = "train"
    let folder = try Folder()
    let imported = try await folder.read([dataset], exporter("yolo").export([dataset]), as: "yolo")
    let keypoints = imported.datasets.flatMap { $0.annotations.compactMap(\.keypoints) }
    #expect(keypoints.count == 3)
    for list in keypoints {
      #expect(zip(list, [1, 2, 2, 0, 0, 0, 30.5, 17.25, 1]).allSatisfy { abs($0 - $1) < 1e-9 })
    }
  }

  @Test func `the VOC sample is written as it was`() async throws {
    let samples = sample("voc")
    let imported = try await Imported.read("voc", [samples])
    let exported = try exporter("voc").export(imported.datasets)
    #expect(exported.count("annotations written without all") == 0)
    #expect(exported.count("images") == 0)
    for (path, text) in exported.texts {
      let original = try String(contentsOfFile: "\(samples)/\(path)", encoding: .utf8)
      #expect(text == original, "\(path)")
    }
    #expect(exported.files.count == 14)
  }

  private func expectReturn(
    of datasets: [Dataset], as format: String, _ options: ExportOptions = ExportOptions()
  ) async throws {
    let exported = try exporter(format, options).export(datasets)
    #expect(exported.losses.allSatisfy { $0.what.hasPrefix("categories") })
    let folder = try Folder()
    let imported = try await folder.read(datasets, exported, as: format)
    #expect(imported.rejections.isEmpty)
    var expected = PictureFacts.facts(of: datasets)
    let found = PictureFacts.facts(of: imported.datasets)
    // What has no split is YOLO's train, and VOC lists it so.
    if format != "csv", let whole = expected.removeValue(forKey: "") {
      expected["train"] = whole
    }
    #expect(Set(expected.keys) == Set(found.keys))
    for (split, pictures) in expected {
      #expect(Set(pictures.keys) == Set(found[split, default: [:]].keys))
      for (name, picture) in pictures {
        guard let other = found[split]?[name] else { continue }
        #expect(picture.isClose(to: other), "\(split) \(name): \(picture) \(other)")
      }
    }
  }
}

/// A folder of its own, removed when it is let go.
private final class Folder {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "export-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// Writes the export with the pictures it is about, and reads it.
  func read(_ datasets: [Dataset], _ exported: Exported, as format: String) async throws -> Imported
  {
    for (path, text) in exported.texts { try write(Data(text.utf8), to: path) }
    for dataset in datasets {
      let split = dataset.split ?? "train"
      for image in dataset.images {
        let folder =
          switch format {
          case "yolo": "images/\(split)/"
          case "voc":
            exported.paths.contains { $0.hasPrefix("Annotations/\(split)/") }
              ? "JPEGImages/\(split)/" : "JPEGImages/"
          default: ""
          }
        try write(pngHeader(width: image.width, height: image.height), to: folder + image.fileName)
      }
    }
    var options = ImportOptions()
    options.tasks = OrderedTasks(threads: 2)
    let importer = try #require(Format.named(format)?.importer)
    return try await importer.init(options).read([InputTree(url.path)])
  }

  private func write(_ data: Data, to path: String) throws {
    let file = url.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  /// All of a PNG file that says its size: the signature and IHDR.
  private func pngHeader(width: Int, height: Int) -> Data {
    var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
    bytes += Array("IHDR".utf8)
    for size in [width, height] {
      for shift in [24, 16, 8, 0] { bytes.append(UInt8(size >> shift & 0xFF)) }
    }
    return Data(bytes + [8, 2, 0, 0, 0, 0, 0, 0, 0])
  }
}
