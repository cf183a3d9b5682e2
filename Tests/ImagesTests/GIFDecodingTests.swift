import Images
import TestSupport
import Testing

@Suite struct GIFDecodingTests {
  private static let pixels = (0..<35).map { UInt8($0 * 7) }

  private static func greys(_ bytes: [UInt8]) throws -> [UInt8] {
    let bitmap = try Bitmap.decode(bytes)
    return stride(from: 0, to: bitmap.pixels.count, by: 3).map { bitmap.pixels[$0] }
  }

  /// Bytes that begin nothing, an extension of an unknown kind, a comment of no length, and a control
  /// that is too short to name a colour.
  @Test(
    arguments: [
      [0, 0, 0x99], [0x21, 0x77, 1, 5, 0], [0x21, 0xFE, 0], [0x21, 0xF9, 1, 1, 0],
    ])
  func `what stands before the frame is passed over`(_ before: [UInt8]) throws {
    let gif = DrawnGIF(before: before, codes: DrawnGIF.plain(Self.pixels))
    #expect(try Self.greys(gif.bytes) == Self.pixels)
  }

  /// Nothing, text, another frame whose pixels are missing, and a frame of an impossible width of codes.
  @Test(
    arguments: [
      [], Array("drawn by hand".utf8), [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 8, 0],
      [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 12, 0],
    ])
  func `what follows the frame is passed over`(_ after: [UInt8]) throws {
    let gif = DrawnGIF(codes: DrawnGIF.plain(Self.pixels), after: after + [0x3B] + after)
    #expect(try Self.greys(gif.bytes) == Self.pixels)
  }

  @Test func `a table that is never cleared stays full`() throws {
    var generator = SeededNumbers(seed: 3)
    let pixels = (0..<5400).map { _ in UInt8.random(in: 0...255, using: &generator) }
    // The last string that the table takes, once more at the end.
    let codes = pixels.map(Int.init) + [4095, 257]
    let gif = DrawnGIF(screen: (2, 2701), frame: (0, 0, 2, 2701), codes: codes)
    #expect(try Self.greys(gif.bytes) == pixels + pixels[4095 - 258...4095 - 257])
  }

  @Test func `a string may be used as soon as its code is known`() throws {
    // 9, then the string that this code itself completes: 9 9, 9 9 9, and so on.
    let codes = [9] + (258..<265).map { $0 } + [257]
    #expect(try Self.greys(DrawnGIF(codes: codes).bytes) == [UInt8](repeating: 9, count: 35))
  }

  @Test func `the transparent colour fills the screen`() throws {
    let gif = DrawnGIF(
      frame: (1, 1, 2, 1), before: [0x21, 0xF9, 4, 1, 0, 0, 77, 0], codes: [5, 6, 257])
    var expected = [UInt8](repeating: 77, count: 35)
    (expected[8], expected[9]) = (5, 6)
    #expect(try Self.greys(gif.bytes) == expected)
  }

  @Test(arguments: [[258, 257], [9, 259, 257], [9, 9, 300, 257], [256, 9, 256, 258, 257]])
  func `a code beyond the table is corrupt`(_ codes: [Int]) {
    #expect(throws: ImageError.corrupt("a code that the table does not have")) {
      try Bitmap.decode(DrawnGIF(codes: codes).bytes)
    }
  }

  @Test(arguments: [[], [257], [9, 9, 257], [9, 9], [256, 256]])
  func `codes that end before the frame are truncated`(_ codes: [Int]) {
    #expect(throws: ImageError.truncated("the codes end before the frame does")) {
      try Bitmap.decode(DrawnGIF(codes: codes).bytes)
    }
  }

  @Test(arguments: [(1, 0, 7, 5), (0, 1, 7, 5), (65535, 65535, 65535, 65535), (0, 0, 0, 5)])
  func `a frame beside the screen is corrupt`(_ left: Int, _ top: Int, _ width: Int, _ height: Int)
  {
    let gif = DrawnGIF(
      frame: (left, top, width, height), codes: DrawnGIF.plain(Self.pixels))
    let message =
      "expected a frame within 7 × 5, found one of \(width) × \(height) at (\(left), \(top))"
    #expect(throws: ImageError.corrupt(message)) { try Bitmap.decode(gif.bytes) }
  }

  @Test func `a file without a frame is corrupt`() {
    let bytes = Array("GIF89a".utf8) + [7, 0, 5, 0, 0, 0, 0, 0x3B]
    #expect(throws: ImageError.corrupt("expected a frame, found none")) {
      try Bitmap.decode(bytes)
    }
  }

  @Test(arguments: [UInt8]([9, 12, 255]))
  func `codes that are too wide are corrupt`(_ bits: UInt8) {
    let gif = DrawnGIF(leastBits: bits, codes: DrawnGIF.plain(Self.pixels))
    #expect(throws: ImageError.corrupt("the frame's description cannot be read")) {
      try Bitmap.decode(gif.bytes)
    }
  }

  @Test func `the largest screen is refused`() {
    let gif = DrawnGIF(screen: (65535, 65535), codes: DrawnGIF.plain(Self.pixels))
    #expect(throws: ImageError.tooLarge(width: 65535, height: 65535, limit: 1 << 28)) {
      try Bitmap.decode(gif.bytes)
    }
  }
}
