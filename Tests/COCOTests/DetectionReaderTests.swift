import Files
import Foundation
import TestSupport
import Testing

@testable import COCO

@Suite("Results files")
struct DetectionReaderTests {
  static let sound = #"{"image_id": 1, "category_id": 2, "bbox": [1, 2, 3.5, 4], "score": 0.25}"#

  private func read(
    _ text: String, sizes: JSONReadSizes = JSONReadSizes(), threads: Int = 1
  ) async throws -> DetectionContents {
    let file = try TemporaryFile(text.utf8)
    var reader = DetectionReader(tasks: OrderedTasks(threads: threads))
    reader.sizes = sizes
    return try await reader.read(InputFile(file.path), source: 0)
  }

  @Test func `a box, a mask, polygons and keypoints are read`() async throws {
    let text = #"""
      [{"image_id": 1, "category_id": 2, "bbox": [1, 2, 3.5, 4], "score": 0.25},
       {"image_id": 1, "category_id": 2, "score": 1, "bbox": [],
        "segmentation": {"size": [2, 3], "counts": "132"}},
       {"image_id": 1, "category_id": 2, "score": -1, "segmentation": {"size": [2, 3], "counts": [1, 3, 2]}},
       {"image_id": 1, "category_id": 2, "score": 2e-1, "segmentation": [[1, 2, 3, 4, 5, 6]]},
       {"image_id": 1, "category_id": 2, "score": 0.5, "keypoints": [1, 2, 2], "id": 9}]
      """#
    let contents = try await read(text)
    let mask = RunLengthMask(height: 2, width: 3, counts: [1, 3, 2])
    let polygons = Polygons([[1, 2, 3, 4, 5, 6]])
    func detection(
      _ score: Double, box: Box? = nil, _ segmentation: Segmentation? = nil,
      keypoints: [Double]? = nil
    ) -> Detection {
      Detection(
        imageID: 1, categoryID: 2, score: score, box: box, segmentation: segmentation,
        keypoints: keypoints)
    }
    let expected = [
      detection(0.25, box: Box(x: 1, y: 2, width: 3.5, height: 4)),
      detection(1, .compressedRunLengths(mask)), detection(-1, .runLengths(mask)),
      detection(0.2, .polygons(polygons)), detection(0.5, keypoints: [1, 2, 2]),
    ]
    let found = contents.batches.flatMap { $0 }.map { detection in
      var bare = detection
      bare.origin = nil
      return bare
    }
    #expect(found == expected)
    #expect(contents.fault == nil && contents.rejections.isEmpty && contents.findings.isEmpty)
  }

  @Test(
    arguments: [
      (#"{"category_id": 1, "bbox": [1, 2, 3, 4], "score": 1}"#, "\"image_id\"", 0),
      (#"{"image_id": 1, "bbox": [1, 2, 3, 4], "score": 1}"#, "\"category_id\"", 0),
      (#"{"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4]}"#, "\"score\"", 0),
      (#"{"image_id": 1, "category_id": 1, "score": NaN}"#, "found NaN", 43),
      (#"{"image_id": 1, "category_id": 1, "score": 1e999}"#, "found 1e999", 43),
      (#"{"image_id": 1, "category_id": 1, "score": null}"#, "found null", 43),
      (#"{"image_id": 1, "category_id": 1, "score": 1, "bbox": [1, 2, 3]}"#, "found 3", 54),
      (#"{"image_id": 1, "category_id": 1, "score": 1, "bbox": [1, 2, 3, 4, 5]}"#, "found 5", 54),
      (#"{"image_id": 1, "category_id": 1, "score": 1, "bbox": [1, 2, 3, NaN]}"#, "found NaN", 64),
      (#"{"image_id": 1, "category_id": 1, "score": 1, "bbox": {"x": 1}}"#, "a list", 54),
      (#"{"image_id": "", "category_id": 1, "score": 1}"#, "whole number", 13),
      (#"{"image_id": 1.5, "category_id": 1, "score": 1}"#, "whole number", 13),
      (
        #"{"image_id": 1, "category_id": 1, "score": 1, "segmentation": {"size": [2], "counts": "1"}}"#,
        "height and width", 62
      ),
      ("[1, 2]", "detection object", 0),
      ("17", "detection object", 0),
    ])
  func `a record that is no detection is rejected with its place, and the others are kept`(
    record: String, message: String, offset: Int
  ) async throws {
    let contents = try await read("[\(Self.sound),\n\(record),\n\(Self.sound)]")
    #expect(contents.count == 2)
    #expect(contents.rejections.count == 1)
    let finding = try #require(contents.rejections.first?.finding)
    #expect(finding.severity == .error)
    #expect(finding.message.contains(message), "\(finding.message)")
    #expect(finding.origin?.offset == Self.sound.utf8.count + 3 + offset)
  }

  @Test(arguments: ["", "  ", "{\"images\": []}", "12"])
  func `a file that is no list has a fault`(text: String) async throws {
    let contents = try await read(text)
    #expect(contents.fault?.rule == "malformed-file")
    #expect(contents.count == 0)
  }

  @Test func `a file cut at any byte has a fault`() async throws {
    let text = "[\(Self.sound),\n\(Self.sound)]"
    for count in 1..<text.utf8.count {
      let contents = try await read(String(text.prefix(count)))
      #expect(contents.fault != nil, "cut at \(count)")
    }
  }

  @Test func `text behind the list is a fault`() async throws {
    #expect(try await read("[\(Self.sound)] x").fault != nil)
    #expect(try await read("[\(Self.sound)]\n ").fault == nil)
  }

  @Test func `an empty list is one`() async throws {
    let contents = try await read("[ ]")
    #expect(contents.fault == nil && contents.count == 0)
  }

  @Test func `pieces of any size and threads of any number give the same`() async throws {
    let records = (0..<60).map { index in
      index % 7 == 3
        ? #"{"image_id": \#(index), "category_id": 1, "score": NaN}"#
        : #"{"image_id": \#(index), "category_id": 1, "score": 1, "segmentation": [[\#(index), 2, 3, 4, 5, 6]]}"#
    }
    let text = "[\(records.joined(separator: ",\n"))]"
    let whole = try await read(text)
    #expect(whole.count == 51)
    for (size, threads) in [(100, 1), (100, 2), (333, 2)] {
      let parts = try await read(
        text, sizes: JSONReadSizes(stripe: size, piece: 64), threads: threads)
      #expect(parts.batches.flatMap { $0 } == whole.batches.flatMap { $0 })
      #expect(parts.rejections == whole.rejections)
    }
  }
}
