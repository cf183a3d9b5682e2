import Images
import TestSupport
import Testing

@Suite struct DecodingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let channels: Int
    let bitDepth: Int
    /// One number a sample.
    let samples: [Int]
    var testDescription: String { name }

    init?(_ fields: [String]) {
      guard fields.count == 4, let channels = Int(fields[1]), let bitDepth = Int(fields[2]) else {
        return nil
      }
      let bytes = FixtureFolder.hexadecimal(fields[3]).map(Int.init)
      name = fields[0]
      self.channels = channels
      self.bitDepth = bitDepth
      samples =
        bitDepth == 8
        ? bytes : stride(from: 0, to: bytes.count, by: 2).map { bytes[$0] << 8 | bytes[$0 + 1] }
    }

    static let all = fixtures.table("bitmaps.tsv").compactMap(Case.init)
  }

  struct LabelCase: Sendable, CustomTestStringConvertible {
    let name: String
    let expected: LabelImage
    var testDescription: String { name }

    init?(_ fields: [String]) {
      guard fields.count == 4, let kind = LabelImage.Kind(rawValue: fields[1]) else { return nil }
      let palette = FixtureFolder.hexadecimal(fields[2])
      name = fields[0]
      expected = LabelImage(
        width: 7, height: 5,
        values: fields[3].split(separator: ",").compactMap { UInt32($0, radix: 16) }, kind: kind,
        palette: stride(from: 0, to: palette.count, by: 3).map {
          Colour(red: palette[$0], green: palette[$0 + 1], blue: palette[$0 + 2])
        })
    }

    static let all = fixtures.table("labels.tsv").compactMap(LabelCase.init)
  }

  @Test func `every fixture is a case`() {
    #expect([Case.all.count, LabelCase.all.count] == [74, 18])
  }

  static let rounded = ["jpeg.tif", "cmyk.tif", "565.bmp"]

  @Test(arguments: Case.all)
  func `a bitmap has pillows pixels`(_ fixture: Case) throws {
    let bitmap = try Bitmap.decode(path: fixtures.path(fixture.name))
    #expect([bitmap.width, bitmap.height] == [7, 5])
    #expect([bitmap.channels, bitmap.bitDepth] == [fixture.channels, fixture.bitDepth])
    #expect(bitmap.warning == nil)
    // Releases of libjpeg-turbo differ by a step of rounding, and so does who turns inks to colours or
    // spreads five bits over eight; the rest is exact.
    let tolerance = fixture.name.hasSuffix(".jpg") || Self.rounded.contains(fixture.name) ? 1 : 0
    var index = 0
    for y in 0..<5 {
      for x in 0..<7 {
        for channel in 0..<fixture.channels {
          let sample = Int(bitmap[x: x, y: y, channel: channel])
          #expect(abs(sample - fixture.samples[index]) <= tolerance)
          index += 1
        }
      }
    }
  }

  @Test(arguments: LabelCase.all)
  func `a mask keeps its values`(_ fixture: LabelCase) throws {
    #expect(try LabelImage.decode(path: fixtures.path(fixture.name)) == fixture.expected)
  }

  @Test func `a mask of wide colours is unsupported`() {
    let expected = ImageError.unsupported("expected a mask with colours of 8 bits, found 16")
    #expect(throws: expected) { try LabelImage.decode(path: fixtures.path("rgb16.png")) }
  }

  @Test func `a JPEG mask is unsupported`() {
    let expected = ImageError.unsupported(
      "expected a PNG mask, found a JPEG, whose values are not exact")
    #expect(throws: expected) { try LabelImage.decode(path: fixtures.path("grey.jpg")) }
  }

  @Test(arguments: FixtureFolder.pictures)
  func `a header is checked against the limit`(_ name: String) throws {
    let header = try ImageHeader.read(path: fixtures.path(name))
    #expect(throws: Never.self) { try Bitmap.check(header, pixelLimit: 35) }
    #expect(throws: ImageError.tooLarge(width: 7, height: 5, limit: 34)) {
      try Bitmap.check(header, pixelLimit: 34)
    }
  }

  @Test(arguments: ["rgb.bmp", "palette.gif", "rgb.tif", "lossless.webp", "bytes.pgm"])
  func `a mask is APNG`(_ name: String) throws {
    let format = try ImageHeader.read(path: fixtures.path(name)).format.rawValue
    let expected = ImageError.unsupported("expected a PNG mask, found a \(format) file")
    #expect(throws: expected) { try LabelImage.decode(path: fixtures.path(name)) }
  }

  @Test(
    arguments: [
      (Bitmap(width: 1, height: 1, channels: 1, pixels: [9]), [9, 9, 9]),
      (Bitmap(width: 1, height: 1, channels: 2, pixels: [9, 1]), [9, 9, 9]),
      (Bitmap(width: 1, height: 1, channels: 4, pixels: [1, 2, 3, 4]), [1, 2, 3]),
      (
        Bitmap(width: 1, height: 1, channels: 1, bitDepth: 16, pixels: [0xAB, 0xAB]),
        [0xAB, 0xAB, 0xAB]
      ),
    ] as [(Bitmap, [UInt8])])
  func `rgb has three channels of eight bits`(_ bitmap: Bitmap, _ expected: [UInt8]) {
    #expect(bitmap.rgb() == Bitmap(width: 1, height: 1, channels: 3, pixels: expected))
  }
}
