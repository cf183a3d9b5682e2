import Testing

@testable import Images

@Suite("Pictures as they are shown")
struct UprightBitmapTests {
  @Test(
    arguments: [
      (1, 2, [1, 2, 3, 4, 5, 6]), (2, 2, [2, 1, 4, 3, 6, 5]), (3, 2, [6, 5, 4, 3, 2, 1]),
      (4, 2, [5, 6, 3, 4, 1, 2]), (5, 3, [1, 3, 5, 2, 4, 6]), (6, 3, [5, 3, 1, 6, 4, 2]),
      (7, 3, [6, 4, 2, 5, 3, 1]), (8, 3, [2, 4, 6, 1, 3, 5]), (9, 2, [1, 2, 3, 4, 5, 6]),
    ] as [(Int, Int, [UInt8])])
  func `each EXIF orientation is undone`(orientation: Int, width: Int, pixels: [UInt8]) {
    let stored = Bitmap(width: 2, height: 3, channels: 1, pixels: [1, 2, 3, 4, 5, 6])
    let shown = stored.upright(orientation: orientation)
    #expect(shown.width == width)
    #expect(shown.pixels == pixels)
  }

  @Test func `a picture made smaller keeps its light`() {
    let stripes = (0..<64 * 64).flatMap { index -> [UInt8] in
      index % 2 == 0 ? [255, 255, 255] : [0, 0, 0]
    }
    let picture = Bitmap(width: 64, height: 64, channels: 3, pixels: stripes)
    let small = picture.reduced(width: 8, height: 8)
    #expect(small.pixels.allSatisfy { abs(Int($0) - 188) <= 8 })
    let even = Canvas(width: 50, height: 30, colour: Colour(red: 7, green: 90, blue: 201)).bitmap
    #expect(
      even.reduced(width: 7, height: 4)
        == Canvas(width: 7, height: 4, colour: Colour(red: 7, green: 90, blue: 201)).bitmap)
  }
}
