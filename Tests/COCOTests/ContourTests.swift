import COCO
import Testing

@Suite("Outlines of masks")
struct ContourTests {
  @Test(arguments: MaskFixture.masks)
  func `the outline's rings give back the very mask`(_ sample: MaskFixture.Mask) throws {
    let polygons = try sample.mask.polygons()
    let mask = try RunLengthMask(
      polygons: polygons, height: sample.height, width: sample.width)
    #expect(mask == sample.mask)
  }

  @Test(
    arguments: MaskFixture.polygons)
  func `the mask of any polygon has an outline that gives it back`(_ sample: MaskFixture.Polygon)
    throws
  {
    let mask = try RunLengthMask(
      compressed: sample.compressed, height: sample.height, width: sample.width)
    let again = try RunLengthMask(
      polygons: mask.polygons(), height: sample.height, width: sample.width)
    #expect(again == mask)
  }

  @Test(arguments: MaskFixture.masks)
  func `the rings' shoelace areas are their numbers of pixels`(_ sample: MaskFixture.Mask) throws {
    let areas = try sample.mask.polygons().rings.map { ring in
      stride(from: 0, to: ring.count, by: 2).reduce(0.0) { sum, index in
        let next = (index + 2) % ring.count
        return sum + (ring[index] * ring[next + 1] - ring[next] * ring[index + 1]) / 2
      }
    }
    #expect(areas.allSatisfy { $0 > 0 })
    #expect(areas.reduce(0, +) == Double(sample.area))
  }

  /// A drawing, a row to a string, and its rings.
  static let drawings: [([String], [[Double]])] = [
    (["...", "..."], []),
    (["...", ".#.", "..."], [[1, 1, 2, 1, 2, 2, 1, 2]]),
    (["###", "###"], [[0, 0, 3, 0, 3, 2, 0, 2]]),
    ([".#", "#."], [[1, 0, 2, 0, 2, 1, 1, 1], [0, 1, 1, 1, 1, 2, 0, 2]]),
    (["#..", "###"], [[0, 0, 1, 0, 1, 1, 3, 1, 3, 2, 0, 2]]),
    (
      ["####", "#.##", "####"],
      [[0, 0, 1, 0, 1, 2, 2, 2, 2, 1, 1, 1, 1, 0, 4, 0, 4, 3, 0, 3]]
    ),
  ]

  @Test(
    arguments: drawings)
  func `an outline runs clockwise along the pixels' edges, bridged to its holes`(
    drawing: [String], rings: [[Double]]
  ) throws {
    let pixels = drawing.joined().utf8.map { $0 == 35 ? UInt8(1) : 0 }
    let mask = RunLengthMask(pixels: pixels, height: drawing.count, width: drawing[0].count)
    #expect(try mask.polygons().rings == rings)
  }
}
