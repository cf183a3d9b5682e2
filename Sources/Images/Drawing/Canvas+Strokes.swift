extension Canvas {
  /// Draws the edges of a box, half of the line on either side of them, as far as it is finite.
  ///
  /// - Parameter thickness: of the line, pixels.
  public mutating func strokeBox(
    x0: Double, y0: Double, x1: Double, y1: Double, _ colour: Colour, thickness: Double,
    opacity: Double = 1
  ) {
    let half = thickness / 2
    let (left, right) = (min(x0, x1), max(x0, x1))
    let (upper, lower) = (min(y0, y1), max(y0, y1))
    let sides = [
      (left - half, upper - half, right + half, upper + half),
      (left - half, lower - half, right + half, lower + half),
      (left - half, upper + half, left + half, lower - half),
      (right - half, upper + half, right + half, lower - half),
    ]
    // Where the box is no larger than the line, its sides would cover one another.
    guard right - left > thickness, lower - upper > thickness else {
      var path = VectorPath()
      path.addRectangle(x0: left - half, y0: upper - half, x1: right + half, y1: lower + half)
      return fill(path, colour, opacity: opacity)
    }
    for side in sides {
      var path = VectorPath()
      path.addRectangle(x0: side.0, y0: side.1, x1: side.2, y1: side.3)
      fill(path, colour, opacity: opacity)
    }
  }

  /// Draws a line round each ring of a path, with round joins.
  ///
  /// - Parameter thickness: of the line, pixels.
  public mutating func stroke(_ path: VectorPath, _ colour: Colour, thickness: Double) {
    var line = VectorPath()
    for ring in path.rings {
      guard var from = ring.last else { continue }
      for to in ring {
        line.addLine(from: from, to: to, thickness: thickness)
        from = to
      }
    }
    fill(line, colour)
  }
}

extension VectorPath {
  /// Adds a line as wide as `thickness`, with a round end behind `to`; all turn the same way round,
  /// so that none undoes another.
  public mutating func addLine(from: Point, to: Point, thickness: Double) {
    let (x, y) = (to.x - from.x, to.y - from.y)
    let length = (x * x + y * y).squareRoot()
    let half = thickness / 2
    // A circle for each join of a thin line would cost more than it shows.
    if thickness > 1.5 {
      addCircle(at: to, radius: half)
    } else {
      addRectangle(x0: to.x - half, y0: to.y - half, x1: to.x + half, y1: to.y + half)
    }
    guard length > 0 else { return }
    let (right, down) = (-y / length * half, x / length * half)
    add([
      Point(x: from.x - right, y: from.y - down), Point(x: to.x - right, y: to.y - down),
      Point(x: to.x + right, y: to.y + down), Point(x: from.x + right, y: from.y + down),
    ])
  }
}
