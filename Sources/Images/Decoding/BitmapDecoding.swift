import CImageCodecs

extension Bitmap {
  /// Decodes the JPEG, PNG, WebP, TIFF, GIF, BMP or Netpbm file at `path`; of several pages or frames
  /// the first.
  ///
  /// A palette becomes RGB (and alpha, where it has some), grey of fewer than 8 bits is spread over
  /// 0...255, and CMYK becomes RGB without colour management. A TIFF that is not stored row by row in
  /// grey or RGB of 8 or 16 bits becomes what libtiff makes of it in 8 bits, without alpha.
  /// Colours that a TIFF stores multiplied by alpha are divided by it. A GIF has the size of its screen;
  /// where the frame is not, the screen shows the transparent colour, else the first one, as Pillow has
  /// it, and there is no alpha.
  ///
  /// - Throws: as `ImageHeader.read(path:)`; `tooLarge` above `pixelLimit` pixels, before they are
  ///   allocated; `truncated` where data is missing, the end marker included; `unsupported` for
  ///   animated WebP and for what else the libraries do not read.
  ///
  /// - Parameter leastSide: a JPEG may come at a half, a quarter or an eighth of its size, which is
  ///   faster, with so many pixels or more at its longer side; 0 for the whole.
  public static func decode(
    path: String, pixelLimit: Int = defaultPixelLimit, leastSide: Int = 0
  ) throws(ImageError) -> Bitmap {
    try decode(FileBytes.read(path: path), pixelLimit: pixelLimit, leastSide: leastSide)
  }

  /// Checks whether a picture can be decoded, as far as its header tells.
  ///
  /// - Throws: `tooLarge`, as `decode(path:pixelLimit:)` would.
  public static func check(
    _ header: ImageHeader, pixelLimit: Int = defaultPixelLimit
  ) throws(ImageError) {
    try Decoder.check(header, pixelLimit: pixelLimit)
  }

  /// As `decode(path:pixelLimit:leastSide:)`, from the file's bytes.
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

  /// Each colour times black. The inks are taken as Adobe writes them, 255 for none, as all readers
  /// do, Pillow among them.
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
