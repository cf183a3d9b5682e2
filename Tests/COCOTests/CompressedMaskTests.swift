import COCO
import Testing

@Suite("Compressed run lengths")
struct CompressedMaskTests {
  @Test(arguments: MaskFixture.masks)
  func `runs are compressed to pycocotools' string`(_ sample: MaskFixture.Mask) {
    #expect(sample.mask.compressed == sample.compressed)
  }

  @Test(arguments: MaskFixture.masks)
  func `pycocotools' string gives the runs`(_ sample: MaskFixture.Mask) throws {
    let mask = try RunLengthMask(
      compressed: sample.compressed, height: sample.height, width: sample.width)
    #expect(mask == sample.mask)
  }

  @Test func `the largest and smallest runs and differences survive`() throws {
    let counts: [UInt32] = [0, .max, 0, 1, .max, 0, 0, .max]
    let mask = RunLengthMask(height: 1, width: 1, counts: counts)
    let runs = try mask.compressedBytes.withUnsafeBufferPointer {
      try RunLengthMask.runs(compressed: $0)
    }
    #expect(runs == counts)
  }

  static let hostile: [(String, MaskError)] = [
    ("", .runsDoNotFill(expected: 6, found: 0)),
    ("5", .runsDoNotFill(expected: 6, found: 5)),
    ("7", .runsDoNotFill(expected: 6, found: 7)),
    ("P", .truncated),
    ("11o", .truncated),
    ("?O", .runOutOfRange(index: 1)),
    ("111L", .runOutOfRange(index: 3)),
    ("ooooooo3", .runOutOfRange(index: 0)),
    ("PPPPPPPPPPPPPPPPPPPP0", .runOutOfRange(index: 0)),
    ("1 5", .unexpectedByte(32, offset: 1)),
    ("1p", .unexpectedByte(112, offset: 1)),
    ("é", .unexpectedByte(195, offset: 0)),
    ("\0", .unexpectedByte(0, offset: 0)),
  ]

  @Test(arguments: hostile)
  func `a string that holds no such mask is refused with the reason`(
    compressed: String, reason: MaskError
  ) {
    #expect(throws: reason) { try RunLengthMask(compressed: compressed, height: 2, width: 3) }
  }

  @Test func `no string of few bytes stops the program`() {
    var state: UInt64 = 3
    for length in 0..<400 {
      let bytes = (0..<(length % 24)).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(47 + (state >> 33) % 66)
      }
      let runs = try? bytes.withUnsafeBufferPointer { try RunLengthMask.runs(compressed: $0) }
      let mask = RunLengthMask(height: 9, width: 7, counts: runs ?? [])
      _ = (mask.area, mask.boundingBox, mask.compressed, mask.iou(with: mask))
      _ = (try? mask.pixels(), try? mask.polygons(), try? RunLengthMask.union([mask, mask]))
    }
  }

  @Test(
    arguments: [
      (
        MaskError.runsDoNotFill(expected: 6, found: 5),
        "expected runs that cover 6 pixels, found 5"
      ),
      (
        .unexpectedByte(112, offset: 1),
        "expected a character from \"0\" to \"o\" at offset 1 of the counts, found byte 112"
      ),
      (
        .coordinateOutOfRange(-2e7),
        "expected a coordinate within ±10000000 pixels, found -20000000.0"
      ),
    ])
  func `a message says what was expected and what stood there`(error: MaskError, message: String) {
    #expect("\(error)" == message)
  }
}
