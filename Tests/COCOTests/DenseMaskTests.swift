import COCO
import Testing

@Suite("Masks from pixels and back")
struct DenseMaskTests {
  static let small = MaskFixture.masks.filter { !$0.pixels.isEmpty }

  @Test(arguments: small)
  func `pixels are encoded as pycocotools encodes them`(_ sample: MaskFixture.Mask) {
    let mask = RunLengthMask(pixels: sample.bytes, height: sample.height, width: sample.width)
    #expect(mask == sample.mask)
  }

  @Test(arguments: small)
  func `any byte but 0 belongs to the mask`(_ sample: MaskFixture.Mask) {
    let bytes = sample.bytes.enumerated().map { $1 == 0 ? 0 : UInt8(1 + $0 % 255) }
    let mask = RunLengthMask(pixels: bytes, height: sample.height, width: sample.width)
    #expect(mask == sample.mask)
  }

  @Test(arguments: small)
  func `runs are decoded to the pixels that they came from`(_ sample: MaskFixture.Mask) throws {
    #expect(try sample.mask.pixels() == sample.bytes)
  }

  @Test func `runs of no length within a mask change nothing in its pixels`() throws {
    let mask = RunLengthMask(height: 2, width: 3, counts: [1, 0, 1, 2, 0, 1, 1, 0])
    #expect(try mask.pixels() == [0, 1, 1, 0, 1, 0])
  }

  @Test(
    arguments: [(0, 0), (0, Int.max), (Int.max, 0)])
  func `a picture without pixels has one empty run`(height: Int, width: Int) throws {
    let mask = RunLengthMask(pixels: [], height: height, width: width)
    #expect(mask.counts == [0])
  }

  @Test(
    arguments: [[], [5], [3, 4], [7, 0]])
  func `runs that do not cover the picture are not decoded`(counts: [UInt32]) {
    let mask = RunLengthMask(height: 2, width: 3, counts: counts)
    let found = counts.reduce(0) { $0 + Int($1) }
    #expect(throws: MaskError.runsDoNotFill(expected: 6, found: found)) { try mask.pixels() }
  }

  @Test(
    arguments: [(-1, 3), (3, -1), (Int.max, 2), (65536, 65536)])
  func `an impossible size is not decoded`(height: Int, width: Int) {
    let mask = RunLengthMask(height: height, width: width, counts: [3])
    #expect(throws: MaskError.impossibleSize(height: height, width: width)) { try mask.pixels() }
    #expect(throws: MaskError.impossibleSize(height: height, width: width)) {
      try mask.polygons()
    }
  }

  @Test func `a few runs do not exhaust the memory`() {
    let mask = RunLengthMask(height: 60000, width: 60000, counts: [0, 3_600_000_000])
    #expect(throws: MaskError.tooManyPixels(3_600_000_000)) { try mask.pixels() }
    #expect(throws: MaskError.tooManyPixels(3_600_000_000)) { try mask.polygons() }
  }
}
