import Testing

@testable import Images

@Suite struct EncodingTests {
  /// A ramp, darkest at the upper left.
  private static func ramp(_ width: Int, _ height: Int, channels: Int) -> Bitmap {
    let pixels = (0..<width * height * channels).map { index in
      UInt8((index / channels % width + index / channels / width) * 255 / (width + height))
    }
    return Bitmap(width: width, height: height, channels: channels, pixels: pixels)
  }

  @Test(arguments: [1, 3])
  func `a JPEG shows what was encoded`(channels: Int) throws {
    let picture = Self.ramp(37, 23, channels: channels)
    let decoded = try Bitmap.decode(picture.jpeg())
    #expect([decoded.width, decoded.height, decoded.channels] == [37, 23, channels])
    for (before, after) in zip(picture.pixels, decoded.pixels) {
      #expect(abs(Int(before) - Int(after)) <= 6)
    }
  }

  @Test func `a higher quality takes more bytes`() throws {
    let picture = Self.ramp(64, 64, channels: 3)
    #expect(try picture.jpeg(quality: 95).count > picture.jpeg(quality: 30).count)
  }

  @Test func `a picture that JPEG cannot hold is refused`() {
    let picture = Bitmap(
      width: 70_000, height: 1, channels: 1, pixels: [UInt8](repeating: 0, count: 70_000))
    #expect(throws: ImageError.unsupported("expected a size that JPEG can have, found 70000 × 1")) {
      try picture.jpeg()
    }
  }
}
