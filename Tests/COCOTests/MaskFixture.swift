import COCO
import Foundation
import Testing

/// What pycocotools 2.0.11 makes of masks, rings and boxes; written by Fixtures/make_masks.py.
struct MaskFixture: Decodable {
  struct Mask: Decodable, CustomTestStringConvertible {
    var height: Int
    var width: Int
    /// Zeros and ones, row after row; empty for a large mask.
    var pixels: String
    var counts: [UInt32]
    var compressed: String
    var area: Int
    var box: [Double]

    var mask: RunLengthMask { RunLengthMask(height: height, width: width, counts: counts) }
    var bytes: [UInt8] { pixels.utf8.map { $0 - 48 } }
    var testDescription: String { "\(height) × \(width) \(compressed.prefix(40))" }
  }

  struct Polygon: Decodable, CustomTestStringConvertible {
    var height: Int
    var width: Int
    var rings: [[Double]]
    var compressed: String
    var area: Int

    var testDescription: String { "\(height) × \(width) \(rings)" }
  }

  struct Rectangle: Decodable, CustomTestStringConvertible {
    var height: Int
    var width: Int
    var box: [Double]
    var compressed: String

    var testDescription: String { "\(box)" }
  }

  struct Merge: Decodable {
    var height: Int
    var width: Int
    var masks: [String]
    var union: String
    var intersection: String
  }

  struct Overlaps: Decodable {
    struct Mask: Decodable {
      var height: Int
      var width: Int
      var compressed: String
    }
    var masks: [Mask]
    /// IoU of each mask, as a detection, with each as a truth.
    var single: [[Double]]
    var crowd: [[Double]]
  }

  var masks: [Mask]
  var polygons: [Polygon]
  var boxes: [Rectangle]
  var merges: [Merge]
  var overlaps: Overlaps

  static let loaded = Result {
    let url = try #require(
      Bundle.module.url(forResource: "masks", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(MaskFixture.self, from: Data(contentsOf: url))
  }

  static var masks: [Mask] { (try? loaded.get())?.masks ?? [] }
  static var polygons: [Polygon] { (try? loaded.get())?.polygons ?? [] }
  static var boxes: [Rectangle] { (try? loaded.get())?.boxes ?? [] }
  static var merges: [Merge] { (try? loaded.get())?.merges ?? [] }
}

@Test func `the mask fixture can be read and is complete`() throws {
  let fixture = try MaskFixture.loaded.get()
  #expect(fixture.masks.count == 79)
  #expect(fixture.polygons.count == 355)
  #expect(fixture.boxes.count == 60)
  #expect(fixture.merges.count == 7)
  #expect(fixture.overlaps.masks.count == 11)
}
