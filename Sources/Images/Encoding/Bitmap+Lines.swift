extension Bitmap {
  /// A place on a picture: the column and the row of a pixel, which may lie outside of it.
  public struct Place: Sendable, Equatable {
    public var column: Int
    public var row: Int

    public init(column: Int, row: Int) {
      self.column = column
      self.row = row
    }
  }

  /// Draws a dot over an RGB picture of 8 bits; what lies outside of the picture is left out.
  ///
  /// - Parameter diameter: pixels.
  public mutating func drawDot(at place: Place, colour: LabelImage.Colour, diameter: Int) {
    let first = (column: place.column - diameter / 2, row: place.row - diameter / 2)
    let centre = Double(diameter - 1) / 2
    for row in 0..<diameter {
      for column in 0..<diameter {
        let (x, y) = (Double(column) - centre, Double(row) - centre)
        guard x * x + y * y <= Double(diameter * diameter) / 4 else { continue }
        set(column: first.column + column, row: first.row + row, to: colour)
      }
    }
  }

  /// Draws a straight line over an RGB picture of 8 bits; what lies outside of the picture is left
  /// out.
  ///
  /// - Parameter thickness: pixels.
  public mutating func drawLine(
    from start: Place, to end: Place, colour: LabelImage.Colour, thickness: Int
  ) {
    let (columns, rows) = (end.column - start.column, end.row - start.row)
    let steps = max(abs(columns), abs(rows), 1)
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      drawDot(
        at: Place(
          column: start.column + Int((Double(columns) * share).rounded()),
          row: start.row + Int((Double(rows) * share).rounded())), colour: colour,
        diameter: thickness)
    }
  }

  private mutating func set(column: Int, row: Int, to colour: LabelImage.Colour) {
    precondition(channels == 3 && bitDepth == 8, "Bitmap: expected RGB of 8 bits to draw on")
    guard (0..<width).contains(column), (0..<height).contains(row) else { return }
    let start = (row * width + column) * 3
    pixels[start] = colour.red
    pixels[start + 1] = colour.green
    pixels[start + 2] = colour.blue
  }
}
