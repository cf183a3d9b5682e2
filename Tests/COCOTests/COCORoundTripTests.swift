import COCO
import Foundation
import TestSupport
import Testing

@Suite("COCO JSON there and back")
struct COCORoundTripTests {
  static let text = #"""
    {
      "info": {"year": 2017, "nested": {"a": [1, {"b": null}]}, "version": "1.0"},
      "licenses": [{"id": 1, "name": "CC \"BY\"", "url": "http:\/\/a\\b"}],
      "images": [
        {"id": 1, "file_name": "ü/\u00e4\ud83e\udd65\n.jpg", "width": 640, "height": 480,
         "license": 1, "date_captured": null, "coco_url": "", "tags": [], "meta": {}},
        {"id": 9223372036854775807, "file_name": "", "width": 0, "height": 0}
      ],
      "annotations": [
        {"id": 1, "image_id": 1, "category_id": 1, "bbox": [1.5, -0.0, 1e-7, 40], "area": 0.1,
         "iscrowd": 0, "segmentation": [[1, 2, 3.25, 4, 5, 6], [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]]},
        {"id": 2, "image_id": 1, "category_id": 1, "bbox": [0, 0, 3, 2], "area": 2, "iscrowd": 1,
         "segmentation": {"size": [2, 3], "counts": [1, 2, 3]}},
        {"id": 3, "image_id": 1, "category_id": 1, "bbox": [0, 0, 3, 2], "area": 2, "iscrowd": 0,
         "segmentation": {"size": [2, 3], "counts": "123"}},
        {"id": 4, "image_id": 1, "category_id": 2, "bbox": [0, 0, 1, 1], "area": 1, "iscrowd": 0,
         "segmentation": [], "keypoints": [1, 2, 2, 0, 0, 0, 7.5, 8.25, 1], "num_keypoints": 2},
        {"id": 5, "image_id": 1, "caption": "a \u0001 \t crab\u2028"},
        {"id": 6, "image_id": 9223372036854775807, "category_id": 2, "bbox": [0, 0, 1, 1],
         "area": 1, "iscrowd": 0, "segmentation": null,
         "attributes": {"occluded": false, "depth": {"m": 1.0, "big": 123456789012345678901234567890}},
         "zero": -0.0, "tiny": 1e-7, "huge": 1e300, "beyond": 1e400, "integer": -9223372036854775808,
         "whole": 3.0, "true": true, "list": [[], {}, null, "x", [[[1]]]], "": 0,
         "twice": 1, "twice": 2},
        {"id": 7, "image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1], "area": 1, "iscrowd": 0,
         "attributes": {}, "score": 0.30000000000000004}
      ],
      "categories": [
        {"id": 1, "name": "crab", "supercategory": "", "keypoints": ["a", "b"], "skeleton": [[1, 2]]},
        {"id": 2, "name": "naïve", "supercategory": null},
        {"id": 3, "name": ""}
      ],
      "type": "instances", "videos": [{"id": 1}], "empty": {}, "nothing": null
    }
    """#

  @Test(arguments: [1, 2])
  func `every key and value comes back`(threads: Int) async throws {
    let folder = try TemporaryFolder()
    let contents = try await folder.read(Self.text.utf8)
    #expect(contents.faults.map(\.message) == [])
    let written = try await folder.written(contents.dataset, threads: threads)
    let original = try JSONSerialization.jsonObject(with: Data(withoutRarities(Self.text).utf8))
    let copy = withoutRarities(String(decoding: written, as: UTF8.self))
    let read = try JSONSerialization.jsonObject(with: Data(copy.utf8))
    #expect(try #require(original as? NSDictionary) == #require(read as? NSDictionary))
  }

  /// Foundation refuses 1e400 and keys that stand twice.
  private func withoutRarities(_ text: String) -> String {
    text.replacing("1e400", with: "\"1e400\"")
      .replacing(/"twice": ?1/) { _ in "\"once\":1" }
  }

  @Test
  func `what was written reads back as the same and is written as the same bytes`() async throws {
    let folder = try TemporaryFolder()
    let first = try await folder.read(Self.text.utf8)
    let written = try await folder.written(first.dataset)
    let second = try await folder.read(written)
    #expect(second.faults.isEmpty)
    #expect(withoutOrigins(second.dataset) == withoutOrigins(first.dataset))
    #expect(try await folder.written(second.dataset) == written)
  }

  private func withoutOrigins(_ dataset: Dataset) -> Dataset {
    var dataset = dataset
    for index in dataset.images.indices { dataset.images[index].origin = nil }
    for index in dataset.annotations.indices { dataset.annotations[index].origin = nil }
    for index in dataset.categories.indices { dataset.categories[index].origin = nil }
    return dataset
  }

  @Test(
    arguments: [
      "\"zero\":-0.0", "\"tiny\":1e-07", "\"huge\":1e+300", "\"beyond\":1e400",
      "\"integer\":-9223372036854775808", "\"whole\":3.0", "\"m\":1.0",
      "\"big\":123456789012345678901234567890", "\"score\":0.30000000000000004",
      "\"bbox\":[1.5,-0.0,1e-07,40]", "\"twice\":1,\"twice\":2", "\"segmentation\":[]",
      "\"counts\":\"123\"", "\"counts\":[1,2,3]", "\"attributes\":{}", "\"segmentation\":null",
    ])
  func `numbers keep their very spelling where that matters`(_ spelling: String) async throws {
    let folder = try TemporaryFolder()
    let contents = try await folder.read(Self.text.utf8)
    let written = try await folder.written(contents.dataset)
    #expect(String(decoding: written, as: UTF8.self).contains(spelling))
  }

  @Test func `a string of every character comes back`() async throws {
    var all = ""
    for value in 0...0x10FFFF {
      if let scalar = Unicode.Scalar(value), value < 0x3000 || value % 251 == 0 {
        all.unicodeScalars.append(scalar)
      }
    }
    let folder = try TemporaryFolder()
    let image = Image(id: 1, fileName: all, width: 1, height: 1, extra: ["note": .string(all)])
    let written = try await folder.written(Dataset(images: [image]))
    let read = try await folder.read(written).dataset.images
    #expect(read.first?.fileName.unicodeScalars.elementsEqual(all.unicodeScalars) == true)
    #expect(read.first?.extra["note"] == .string(all))
  }

  @Test func `the bytes do not depend on the number of threads`() async throws {
    let folder = try TemporaryFolder()
    let annotations = (1...20_000).map {
      Annotation(
        id: $0, imageID: 1, categoryID: 1, box: Box(x: Double($0) / 7, y: 1, width: 2, height: 3))
    }
    let dataset = Dataset(annotations: annotations)
    let one = try await folder.written(dataset)
    #expect(try await folder.written(dataset, threads: 2) == one)
    #expect(try await folder.written(dataset, threads: 5) == one)
  }

  @Test func `an empty dataset is a file with empty lists`() async throws {
    let folder = try TemporaryFolder()
    let written = try await folder.written(Dataset())
    #expect(
      String(decoding: written, as: UTF8.self)
        == "{\"info\":{},\n\"licenses\":[],\n\"images\":[],\n\"annotations\":[],\n\"categories\":[]}\n"
    )
    #expect(try await folder.read(written).dataset == Dataset())
  }

  @Test(
    arguments: [
      "{}", "{ }", "\u{FEFF}{}", "{\"images\":[],\"annotations\":[],\"categories\":[]}",
      "{\"annotations\":[ ] , \"images\" : [\n]\r\n}\t ", "{\"im\\u0061ges\":[]}",
    ])
  func `a small file reads whatever its order and blanks`(_ text: String) async throws {
    let folder = try TemporaryFolder()
    let contents = try await folder.read(text.utf8)
    #expect(contents.faults.isEmpty)
    #expect(contents.dataset == Dataset())
  }
}
