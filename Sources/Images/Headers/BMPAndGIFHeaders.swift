/// A BMP file's core or info header (Microsoft's BITMAPCOREHEADER to BITMAPV5HEADER, and OS/2's).
enum BMPHeader {
  static func read(_ source: inout ByteSource) throws(ImageError) -> ImageHeader {
    let size = try source.littleEndian32(at: 14)
    switch size {
    case 12:
      let width = Int(try source.littleEndian16(at: 18))
      let height = Int(try source.littleEndian16(at: 20))
      let bits = Int(try source.littleEndian16(at: 24))
      return try header(width: width, height: height, bits: bits, bitsAt: 24, hasAlpha: false)
    case 16, 40, 52, 56, 64, 108, 124:
      let width = Int(Int32(bitPattern: try source.littleEndian32(at: 18)))
      // Below 0 where the rows run from the top.
      let height = abs(Int(Int32(bitPattern: try source.littleEndian32(at: 22))))
      let bits = Int(try source.littleEndian16(at: 28))
      let hasAlpha = try hasAlphaMask(&source, size: size)
      return try header(width: width, height: height, bits: bits, bitsAt: 28, hasAlpha: hasAlpha)
    default:
      throw .corrupt(
        "expected a header of 12, 16, 40, 52, 56, 64, 108 or 124 bytes, found \(size)", offset: 14)
    }
  }

  /// Whether the bits of a pixel are named by masks, and alpha has one.
  private static func hasAlphaMask(
    _ source: inout ByteSource, size: UInt32
  ) throws(ImageError) -> Bool {
    guard size >= 56, size != 64, try source.littleEndian32(at: 30) == 3 else { return false }
    return try source.littleEndian32(at: 66) != 0
  }

  private static func header(
    width: Int, height: Int, bits: Int, bitsAt: Int, hasAlpha: Bool
  ) throws(ImageError) -> ImageHeader {
    guard width >= 0 else {
      throw .corrupt("expected a width above 0, found \(width)", offset: 18)
    }
    switch bits {
    case 1, 2, 4, 8:
      return try ImageHeader(
        format: .bmp, width: width, height: height, channels: 1, bitDepth: bits,
        colourModel: .palette
      ).sized(at: 18)
    case 16, 24, 32:
      return try ImageHeader(
        format: .bmp, width: width, height: height, channels: hasAlpha ? 4 : 3,
        bitDepth: bits == 16 ? 5 : 8, colourModel: .rgb, hasAlpha: hasAlpha
      ).sized(at: 18)
    case 0:
      throw .unsupported("expected pixels, found a JPEG or PNG file within the BMP file")
    default:
      throw .corrupt(
        "expected 1, 2, 4, 8, 16, 24 or 32 bits a pixel, found \(bits)", offset: bitsAt)
    }
  }
}

/// A GIF file's logical screen (GIF89a specification, section 18), which is the size it is shown at.
enum GIFHeader {
  static func read(_ source: inout ByteSource) throws(ImageError) -> ImageHeader {
    let width = Int(try source.littleEndian16(at: 6))
    let height = Int(try source.littleEndian16(at: 8))
    return try ImageHeader(
      format: .gif, width: width, height: height, channels: 1, bitDepth: 8, colourModel: .palette
    ).sized(at: 6)
  }
}
