import Images
import Testing

@Suite("Lines and dots on pictures")
struct LineDrawingTests {
  private let white = LabelImage.Colour(red: 255, green: 255, blue: 255)

  /// The rows of a picture, with a # for each pixel that is drawn.
  private func rows(_ draw: (inout Bitmap) -> Void) -> [String] {
    var picture = Bitmap(
      width: 5, height: 4, channels: 3, pixels: Array(repeating: 0, count: 5 * 4 * 3))
    draw(&picture)
    return (0..<4).map { row in
      String((0..<5).map { picture.pixels[(row * 5 + $0) * 3 + 1] == 255 ? "#" : "." })
    }
  }

  @Test("a line joins its ends, and goes on where it leaves the picture")
  func line() {
    #expect(
      rows {
        $0.drawLine(
          from: .init(column: 0, row: 0), to: .init(column: 3, row: 3), colour: white,
          thickness: 1)
      } == ["#....", ".#...", "..#..", "...#."])
    #expect(
      rows {
        $0.drawLine(
          from: .init(column: -3, row: 1), to: .init(column: 9, row: 1), colour: white,
          thickness: 1)
      } == [".....", "#####", ".....", "....."])
  }

  @Test("a dot is round, and cut at the edges")
  func dot() {
    #expect(
      rows { $0.drawDot(at: .init(column: 2, row: 1), colour: white, diameter: 3) }
        == [".###.", ".###.", ".###.", "....."])
    #expect(
      rows { $0.drawDot(at: .init(column: 0, row: 0), colour: white, diameter: 3) }
        == ["##...", "##...", ".....", "....."])
  }
}
