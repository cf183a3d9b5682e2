import CImageCodecs

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

extension Bitmap {
  /// The picture as a PNG file of 8 bits a sample, in grey where it has one channel, else in RGB;
  /// alpha is dropped, of 16 bits the upper half is kept.
  ///
  /// - Throws: `unsupported` for a size that libpng does not take, such as none.
  public func png() throws(ImageError) -> [UInt8] {
    let picture = channels == 1 && bitDepth == 8 ? self : rgb()
    let size = (UInt32(clamping: width), UInt32(clamping: height))
    let channels = UInt32(picture.channels)
    var status = CopraStatus.done
    let limit = CopraPNGSizeLimit(size.0, size.1, channels)
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      var written = buffer.count
      status = CopraEncodePNG(
        picture.pixels, size.0, size.1, channels, buffer.baseAddress, &written)
      count = status == .done ? written : 0
    }
    guard status == .done else {
      throw .unsupported("expected a size that PNG can have, found \(width) × \(height)")
    }
    return bytes
  }
}
