import CImageCodecs

/// A mask as stored in its file: one whole number for each pixel, neither scaled nor coloured.
public struct LabelImage: Sendable, Equatable {
  /// The meaning of a value.
  public enum Kind: String, Sendable, CaseIterable {
    /// An index into `palette`.
    case palette
    /// A grey level as stored: 0...1 for 1 bit up to 0...65535 for 16.
    case grey
    /// A colour, `red << 16 | green << 8 | blue`.
    case colour
  }

  /// The width in pixels.
  public let width: Int
  /// The height in pixels.
  public let height: Int
  /// The values, `height * width`, row by row from the top.
  public var values: [UInt32]
  /// The meaning of the values.
  public let kind: Kind
  /// The palette, empty unless `kind` is `palette`. In a damaged file it may be shorter than the
  /// largest value.
  public let palette: [Colour]

  /// Creates a mask.
  ///
  /// - Precondition: `values` holds `width * height` values.
  public init(width: Int, height: Int, values: [UInt32], kind: Kind, palette: [Colour] = []) {
    precondition(
      values.count == width * height, "LabelImage: expected \(width) × \(height) values")
    self.width = width
    self.height = height
    self.values = values
    self.kind = kind
    self.palette = palette
  }

  /// The value in column `x` from the left and row `y` from the top.
  public subscript(x x: Int, y y: Int) -> UInt32 { values[y * width + x] }
}

extension LabelImage {
  /// Decodes the PNG mask at `path`; alpha is left out.
  ///
  /// - Throws: as `Bitmap.decode(path:pixelLimit:)`; `unsupported` for JPEG, which does not keep
  ///   values, and for colours of 16 bits.
  public static func decode(
    path: String, pixelLimit: Int = Bitmap.defaultPixelLimit
  ) throws(ImageError) -> LabelImage {
    try decode(FileBytes.read(path: path), pixelLimit: pixelLimit)
  }

  /// Decodes a mask from the file's bytes, as `decode(path:pixelLimit:)`.
  public static func decode(
    _ bytes: [UInt8], pixelLimit: Int = Bitmap.defaultPixelLimit
  ) throws(ImageError) -> LabelImage {
    try bytes.withUnsafeBufferPointer { buffer throws(ImageError) in
      let decoder = try Decoder.open(
        UnsafeRawBufferPointer(buffer), samples: .labels, pixelLimit: pixelLimit)
      let picture = decoder.picture
      guard picture.colour != .RGB || picture.bitDepth == 8 else {
        throw .unsupported("expected a mask with colours of 8 bits, found \(picture.bitDepth)")
      }
      // The decoder owns the palette, so it is copied before the decoder's last use.
      let palette = palette(of: picture)
      return LabelImage(
        width: Int(picture.width), height: Int(picture.height),
        values: values(try decoder.pixels(), of: picture), kind: kind(of: picture),
        palette: palette)
    }
  }

  private static func kind(of picture: CopraPicture) -> Kind {
    switch picture.colour {
    case .palette: .palette
    case .grey: .grey
    case .RGB, .CMYK: .colour
    }
  }

  private static func values(_ pixels: [UInt8], of picture: CopraPicture) -> [UInt32] {
    if picture.bitDepth == 16 {
      return pixels.withUnsafeBytes { $0.bindMemory(to: UInt16.self).map(UInt32.init) }
    }
    if picture.channels == 1 { return pixels.map(UInt32.init) }
    return stride(from: 0, to: pixels.count, by: 3).map { start in
      UInt32(pixels[start]) << 16 | UInt32(pixels[start + 1]) << 8 | UInt32(pixels[start + 2])
    }
  }

  private static func palette(of picture: CopraPicture) -> [Colour] {
    let bytes = UnsafeBufferPointer(start: picture.palette, count: Int(picture.paletteCount) * 3)
    return stride(from: 0, to: bytes.count, by: 3).map { start in
      Colour(red: bytes[start], green: bytes[start + 1], blue: bytes[start + 2])
    }
  }
}
