import CImageCodecs

extension Bitmap {
  /// Decodes the JPEG, PNG, WebP, TIFF, GIF, BMP or Netpbm file at `path`; of several pages or
  /// frames the first.
  ///
  /// A palette becomes RGB (and alpha, if it has some), grey of fewer than 8 bits is scaled to
  /// 0...255, and CMYK becomes RGB without colour management. A TIFF that is not stored row by row
  /// in grey or RGB of 8 or 16 bits is converted by libtiff to 8 bits, without alpha. Colours that
  /// a TIFF stores multiplied by alpha are divided by it. A GIF has the size of its screen; outside
  /// the frame, the screen shows the transparent colour, or else the first one, as in Pillow, and
  /// there is no alpha.
  ///
  /// - Parameter leastSide: The least length in pixels of the longer side of a JPEG, which may then
  ///   be decoded at a half, a quarter or an eighth of its size, which is faster; 0 for full size.
  ///
  /// - Throws: The errors of `ImageHeader.read(path:)`; `tooLarge` above `pixelLimit` pixels,
  ///   before they are allocated; `truncated` if data is missing, the end marker included;
  ///   `unsupported` for animated WebP and for other kinds that the libraries do not read.
  public static func decode(
    path: String, pixelLimit: Int = defaultPixelLimit, leastSide: Int = 0
  ) throws(ImageError) -> Bitmap {
    try decode(FileBytes.read(path: path), pixelLimit: pixelLimit, leastSide: leastSide)
  }

  /// Checks whether an image can be decoded, as far as its header shows.
  ///
  /// - Throws: `tooLarge`, as `decode(path:pixelLimit:)` would.
  public static func check(
    _ header: ImageHeader, pixelLimit: Int = defaultPixelLimit
  ) throws(ImageError) {
    try Decoder.check(header, pixelLimit: pixelLimit)
  }

  /// Decodes the file's bytes as `decode(path:pixelLimit:leastSide:)`.
  public static func decode(
    _ bytes: [UInt8], pixelLimit: Int = defaultPixelLimit, leastSide: Int = 0
  ) throws(ImageError) -> Bitmap {
    try bytes.withUnsafeBufferPointer { buffer throws(ImageError) in
      let start = UnsafeRawBufferPointer(buffer)
      let decoder = try Decoder.open(
        start, header: ImageHeader.parse(start), samples: .colours, pixelLimit: pixelLimit,
        leastSide: leastSide)
      let picture = decoder.picture
      let pixels = try decoder.pixels()
      let isCMYK = picture.colour == .CMYK
      return Bitmap(
        width: Int(picture.width), height: Int(picture.height),
        channels: isCMYK ? 3 : Int(picture.channels), bitDepth: Int(picture.bitDepth),
        pixels: isCMYK ? rgb(invertedCMYK: pixels) : pixels, warning: decoder.warning)
    }
  }

  /// Returns each colour times black. The inks are read as Adobe writes them, 255 for none, as all
  /// readers do, Pillow among them.
  private static func rgb(invertedCMYK pixels: [UInt8]) -> [UInt8] {
    var target: [UInt8] = []
    target.reserveCapacity(pixels.count / 4 * 3)
    for start in stride(from: 0, to: pixels.count, by: 4) {
      let black = Int(pixels[start + 3])
      for channel in 0..<3 {
        target.append(UInt8((Int(pixels[start + channel]) * black + 127) / 255))
      }
    }
    return target
  }
}
