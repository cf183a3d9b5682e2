import COCO
import Files
import Foundation
import TestSupport
import Testing

@testable import Formats

@Suite struct YOLOSampleTests {
  private struct Expected: Decodable {
    struct Image: Decodable {
      var id: Int
      var fileName: String
      var width: Int
      var height: Int
    }
    struct Annotation: Decodable {
      var imageId: Int
      var categoryId: Int
      var bbox: [Double]
    }
    struct Category: Decodable {
      var id: Int
      var name: String
    }
    var images: [Image]
    var annotations: [Annotation]
    var categories: [Category]
  }

  private static func read(_ folder: String) async throws -> Imported {
    let input = try InputTree("\(Samples.folder)/\(folder)")
    return try await YOLOImporter(ImportOptions()).read([input])
  }

  @Test func `the sample agrees with the truth`() async throws {
    let imported = try await Self.read("yolo")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let truth = try decoder.decode(
      Expected.self, from: Data(contentsOf: URL(fileURLWithPath: Samples.path("expected.json"))))
    #expect(imported.datasets.map { $0.images.count } == [8, 4])
    #expect(imported.rules.isEmpty)
    for dataset in imported.datasets {
      #expect(dataset.categories.map(\.name) == truth.categories.map(\.name))
      for image in dataset.images {
        let expected = try #require(truth.images.first { $0.fileName == image.fileName })
        #expect(image.width == expected.width && image.height == expected.height)
        let meant = truth.annotations.filter { $0.imageId == expected.id }
        let found = dataset.annotations.filter { $0.imageID == image.id }
        #expect(found.map(\.categoryID) == meant.map(\.categoryId))
        for (found, meant) in zip(found, meant) {
          let box = try #require(found.box)
          let differences = zip([box.x, box.y, box.width, box.height], meant.bbox)
            .map { abs($0 - $1) }
          #expect((differences.max() ?? 1) < 1e-6)
        }
      }
    }
  }

  /// The files of `samples/broken/yolo`, which its page lists.
  @Test(
    arguments: [
      ("labels/train/class-out-of-range.txt", "unknown-category", "annotation rejected"),
      ("labels/train/class-negative.txt", "unknown-category", "annotation rejected"),
      ("labels/train/class-with-decimals.txt", nil, "clean"),
      ("labels/train/class-between.txt", "malformed-value", "annotation rejected"),
      ("labels/train/class-as-text.txt", "malformed-value", "annotation rejected"),
      ("labels/train/four-columns.txt", "unknown-field-count", "annotation rejected"),
      ("labels/train/six-columns.txt", nil, "clean"),
      ("labels/train/seven-columns.txt", nil, "clean"),
      ("labels/train/eight-columns.txt", "unknown-field-count", "annotation rejected"),
      ("labels/train/text-coordinate.txt", "malformed-value", "annotation rejected"),
      ("labels/train/nan-coordinate.txt", "non-finite-box", "annotation rejected"),
      ("labels/train/pixels-not-normalised.txt", "unnormalised-coordinates", "written"),
      ("labels/train/bom-and-crlf.txt", nil, "clean"),
      ("labels/train/label-without-picture.txt", "label-without-image", "file rejected"),
      ("images/train/picture-without-label.jpg", "image-without-label-file", "written"),
    ])
  func `a broken file gives its finding`(
    _ path: String, _ rule: String?, _ outcome: String
  ) async throws {
    let imported = try await Self.read("broken/yolo")
    let file = imported.sources.paths.firstIndex { $0.hasSuffix("/" + path) }
    let findings = imported.findings.filter { $0.origin?.file == file }
    let rejections = imported.rejections.filter { $0.finding.origin?.file == file }
    let rules = Set(findings.map(\.rule) + rejections.map(\.finding.rule))
    #expect(rules == Set([rule].compactMap { $0 }))
    let stem = Path.stem(of: path)
    let written = imported.datasets[0].images.contains { Path.stem(of: $0.fileName) == stem }
    #expect(written == (outcome != "file rejected"))
    let kinds: [Rejection.Kind] =
      switch outcome {
      case "annotation rejected": [.annotation]
      case "file rejected": [.image, .annotation, .annotation]
      default: []
      }
    #expect(rejections.map(\.kind) == kinds)
    #expect(imported.read == imported.accountedFor)
  }

  @Test(
    arguments: [
      ("yolo-unsorted-names", "unsorted-names-map", 2), ("yolo-gappy-names", "gappy-names-map", 2),
      ("yolo-malformed-yaml", "malformed-file", 0),
    ])
  func `a broken data file gives its finding`(
    _ folder: String, _ rule: String, _ annotations: Int
  ) async throws {
    let imported = try await Self.read("broken/" + folder)
    #expect(imported.rules == [rule])
    #expect(imported.datasets.flatMap(\.annotations).count == annotations)
    #expect(imported.labels.prefix(2).sorted() == (annotations == 0 ? [] : ["coconut", "crab"]))
  }
}
