import Testing

@testable import Images

@Suite("Shapes on a canvas")
struct CanvasTests {
  /// The green of each pixel of a black canvas on which a white path is filled, row by row.
  private func filled(
    _ path: VectorPath, width: Int = 6, height: Int = 4, rule: Canvas.FillRule = .nonZero
  ) -> [[UInt8]] {
    var canvas = Canvas(width: width, height: height, colour: .black)
    canvas.fill(path, .white, rule: rule)
    let picture = canvas.bitmap
    return (0..<height).map { y in
      (0..<width).map { x in UInt8(picture[x: x, y: y, channel: 1]) }
    }
  }

  private func rectangle(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) -> VectorPath {
    var path = VectorPath()
    path.addRectangle(x0: x0, y0: y0, x1: x1, y1: y1)
    return path
  }

  @Test func `a pixel that is half covered has half of the light`() {
    let rows = filled(rectangle(1, 1, 2.5, 2.5))
    #expect(rows[0] == [0, 0, 0, 0, 0, 0])
    #expect(rows[1] == [0, 255, 188, 0, 0, 0])
    #expect(rows[2] == [0, 188, 137, 0, 0, 0])
  }

  @Test(
    arguments: [5, 1e3, 1e9, 1e300])
  func `what leaves the picture is cut at its edges, however far it goes`(distance: Double) {
    #expect(filled(rectangle(-distance, 1, distance + 6, 2))[1] == Array(repeating: 255, count: 6))
    #expect(filled(rectangle(2, -distance, 4, distance + 6))[3] == [0, 0, 255, 255, 0, 0])
    let corner = Point(x: -distance, y: distance + 9)
    let triangle = VectorPath(rings: [
      [Point(x: -distance, y: -9), Point(x: 3 * distance, y: -9), corner]
    ])
    #expect(filled(triangle)[0][0] == 255)
  }

  @Test func `a ring within a ring is a hole by the even-odd rule only`() {
    var path = rectangle(0, 0, 6, 4)
    path.addRectangle(x0: 2, y0: 1, x1: 4, y1: 3)
    #expect(filled(path, rule: .evenOdd)[1] == [255, 255, 0, 0, 255, 255])
    #expect(filled(path)[1] == Array(repeating: 255, count: 6))
  }

  @Test func `a ring with a corner that is not finite is left out`() {
    let path = VectorPath(rings: [[Point(x: 0, y: 0), Point(x: .nan, y: 3), Point(x: 5, y: 3)]])
    #expect(path.rings.isEmpty)
    #expect(filled(path).joined().allSatisfy { $0 == 0 })
  }

  @Test func `a circle covers its area`() {
    var path = VectorPath()
    path.addCircle(at: Point(x: 20, y: 20), radius: 15)
    let light = filled(path, width: 40, height: 40).joined().reduce(0.0) {
      $0 + Colour.linear($1)
    }
    #expect(abs(light - Double.pi * 225) < 4)
  }

  @Test func `half of a colour over another one is half of the light of both`() {
    var canvas = Canvas(width: 2, height: 1, colour: Colour(red: 255, green: 0, blue: 0))
    canvas.fill(rectangle(0, 0, 1, 1), Colour(red: 0, green: 255, blue: 0), opacity: 0.5)
    #expect(canvas.bitmap.pixels == [188, 188, 0, 255, 0, 0])
  }

  @Test func `the edges of a box lie half on either side of its lines`() {
    var canvas = Canvas(width: 7, height: 7, colour: .black)
    canvas.strokeBox(x0: 2, y0: 2, x1: 5, y1: 5, .white, thickness: 2)
    let picture = canvas.bitmap
    let row = (0..<7).map { picture[x: $0, y: 3] }
    #expect(row == [0, 255, 255, 0, 255, 255, 0])
    #expect((0..<7).map { picture[x: $0, y: 1] } == [0, 255, 255, 255, 255, 255, 0])
  }

  @Test func `a picture that is placed partly outside shows what lies inside`() {
    var canvas = Canvas(width: 3, height: 2, colour: .black)
    let part = Bitmap(width: 2, height: 1, channels: 1, pixels: [10, 20])
    canvas.place(part, column: -1, row: 0)
    canvas.place(part, column: 2, row: 1)
    canvas.place(part, column: 5, row: 9)
    let picture = canvas.bitmap
    #expect((0..<3).map { picture[x: $0, y: 0] } == [20, 0, 0])
    #expect((0..<3).map { picture[x: $0, y: 1] } == [0, 0, 10])
  }
}

@Suite("Colours of the screen")
struct ColourTests {
  @Test func `every value comes back from its light`() {
    for value in 0...255 {
      #expect(LinearLight.values[LinearLight.step(Int(LinearLight.light[value]) << 8)] == value)
    }
  }

  @Test func `text in black or white has a contrast of 4.5 on every grey and every pure colour`() {
    for value in stride(from: 0, through: 255, by: 3) {
      let value = UInt8(value)
      for colour in [
        Colour(red: value, green: value, blue: value), Colour(red: value, green: 0, blue: 0),
        Colour(red: 0, green: value, blue: 0), Colour(red: 0, green: 0, blue: value),
      ] {
        #expect(colour.contrast(with: colour.textColour) >= 4.5)
      }
    }
  }
}
