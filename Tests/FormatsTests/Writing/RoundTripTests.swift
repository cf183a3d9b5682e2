import COCO
import Files
import Formats
import Foundation
import TestSupport
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
    let folder = try TemporaryFolder()
    let imported = try await folder.read([dataset], exporter("yolo").export([dataset]), as: "yolo")
    let keypoints = imported.datasets.flatMap { $0.annotations.compactMap(\.keypoints) }
    #expect(keypoints.count == 3)
    for list in keypoints {
      #expect(zip(list, [1, 2, 2, 0, 0, 0, 30.5, 17.25, 1]).allSatisfy { abs($0 - $1) < 1e-9 })
    }
  }

  @Test(
    arguments: Format.writable.filter { !$0.holdsAll }.map(\.name),
    FormatSummary.Content.allCases.filter { $0 != .captions })
  func `a format writes the content that its summary names, and no other`(
    format: String, content: FormatSummary.Content
  ) async throws {
    var dataset = beach()
    for index in dataset.annotations.indices {
      dataset.annotations[index].attributes = [:]
      dataset.annotations[index].hold(content)
    }
    dataset.split = "train"
    var options = ExportOptions()
    if content == .outlines || content == .masks { options.yoloRows = .polygon }
    if content == .orientedBoxes { options.yoloRows = .oriented }
    let exported = try exporter(format, options).export([dataset])
    let lost = exported.losses.contains { loss in
      ["polygon", "mask", "keypoint", "outline"].contains { loss.what.contains($0) }
    }
    let writes = try #require(Format.named(format)).summary.writes
    // An oriented box is an outline where a format has no other shape for it.
    let isOutline = content == .orientedBoxes && writes.contains(.outlines)
    #expect((writes.contains(content) || isOutline) == !lost)
  }

  @Test func `the VOC sample is written as it was`() async throws {
    let samples = Samples.path("voc")
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
    let folder = try TemporaryFolder()
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

extension TemporaryFolder {
  /// Writes the export with the pictures it is about, and reads it.
  fileprivate func read(_ datasets: [Dataset], _ exported: Exported, as format: String) async throws
    -> Imported
  {
    for (path, text) in exported.texts { try write(text, to: path) }
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
        try picture(folder + image.fileName, width: image.width, height: image.height)
      }
    }
    var options = ImportOptions()
    options.tasks = OrderedTasks(threads: 2)
    let importer = try #require(Format.named(format)?.importer)
    return try await importer.init(options).read([InputTree(path)])
  }
}

extension Annotation {
  /// Makes its shape one of this content.
  fileprivate mutating func hold(_ content: FormatSummary.Content) {
    segmentation = nil
    switch content {
    case .boxes, .captions: break
    case .outlines: outline([1, 1, 9, 1, 9, 4, 5, 9, 1, 4])
    case .orientedBoxes: outline([5, 1, 9, 5, 5, 9, 1, 5])
    case .masks:
      segmentation = .runLengths(RunLengthMask(height: 24, width: 32, counts: [99, 3, 666]))
    case .keypoints: keypoints = [1, 2, 2]
    }
  }

  private mutating func outline(_ ring: [Double]) {
    let outline = Polygons([ring])
    segmentation = .polygons(outline)
    box = outline.extent
  }
}
