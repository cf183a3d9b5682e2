extension Bitmap {
  /// Draws the edges of a box over an RGB picture of 8 bits, inside of its corners; what lies
  /// outside of the picture is left out.
  ///
  /// - Parameters:
  ///   - columns: from the left edge to the right one, pixels.
  ///   - rows: from the upper edge to the lower one, pixels.
  ///   - thickness: of the edges, pixels.
  public mutating func drawBox(
    columns: Range<Int>, rows: Range<Int>, colour: LabelImage.Colour, thickness: Int
  ) {
    precondition(channels == 3 && bitDepth == 8, "Bitmap: expected RGB of 8 bits to draw on")
    let inner = min(thickness, (rows.count + 1) / 2, (columns.count + 1) / 2)
    fill(columns: columns, rows: rows.prefix(inner), colour)
    fill(columns: columns, rows: rows.suffix(inner), colour)
    fill(columns: columns.prefix(inner), rows: rows, colour)
    fill(columns: columns.suffix(inner), rows: rows, colour)
  }

  private mutating func fill(
    columns: Range<Int>, rows: Range<Int>, _ colour: LabelImage.Colour
  ) {
    for y in rows.clamped(to: 0..<height) {
      for x in columns.clamped(to: 0..<width) {
        let start = (y * width + x) * 3
        pixels[start] = colour.red
        pixels[start + 1] = colour.green
        pixels[start + 2] = colour.blue
      }
    }
  }
}
