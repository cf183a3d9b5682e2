/// A WebP file's first chunk (RFC 9649, sections 2.5–2.7), lossy, lossless or extended.
enum WebPHeader {
  /// The most chunks examined for EXIF, which is after the pixels.
  private static let maximumChunks = 64

  static func read(_ source: inout ByteSource) throws(ImageError) -> ImageHeader {
    switch try source.bigEndian32(at: 12) {
    case 0x5650_3820: try lossy(&source)
    case 0x5650_384C: try lossless(&source)
    case 0x5650_3858: try extended(&source)
    case let found:
      throw .corrupt(
        "expected a chunk VP8, VP8L or VP8X, found bytes \(String(found, radix: 16, uppercase: true))",
        offset: 12)
    }
  }

  /// Reads a VP8 key frame (RFC 6386, section 9.1).
  private static func lossy(_ source: inout ByteSource) throws(ImageError) -> ImageHeader {
    guard try source.byte(at: 20) & 1 == 0, try source.bigEndian32(at: 23) >> 8 == 0x9D012A else {
      throw .corrupt("expected a VP8 key frame", offset: 20)
    }
    // The two upper bits ask for scaling, which nobody does.
    let width = Int(try source.littleEndian16(at: 26) & 0x3FFF)
    let height = Int(try source.littleEndian16(at: 28) & 0x3FFF)
    return try header(width: width, height: height, hasAlpha: false).sized(at: 26)
  }

  /// Reads a VP8L stream: 14 bits of width minus 1, 14 of height minus 1, one of alpha.
  private static func lossless(_ source: inout ByteSource) throws(ImageError) -> ImageHeader {
    guard try source.byte(at: 20) == 0x2F else {
      throw .corrupt("expected a VP8L stream", offset: 20)
    }
    let bits = try source.littleEndian32(at: 21)
    return header(
      width: Int(bits & 0x3FFF) + 1, height: Int(bits >> 14 & 0x3FFF) + 1,
      hasAlpha: bits >> 28 & 1 != 0)
  }

  /// Reads a VP8X chunk: flags, then 24 bits each of the canvas's size minus 1.
  private static func extended(_ source: inout ByteSource) throws(ImageError) -> ImageHeader {
    let flags = try source.byte(at: 20)
    let width = Int(try source.littleEndian32(at: 24) & 0xFF_FFFF) + 1
    // The four bytes that end with the three of the height.
    let height = Int(try source.littleEndian32(at: 26) >> 8) + 1
    var result = header(width: width, height: height, hasAlpha: flags & 0x10 != 0)
    if flags & 0x08 != 0 {
      result.orientation = exifOrientation(&source)
    }
    return result
  }

  private static func exifOrientation(_ source: inout ByteSource) -> Int {
    var position = 12
    for _ in 0..<maximumChunks {
      guard
        let type = try? source.bigEndian32(at: position),
        let length = try? source.littleEndian32(at: position + 4)
      else { break }
      if type == 0x4558_4946 {
        // Some writers keep JPEG's "Exif" and two zeros before the block.
        let prefix = try? source.bigEndian32(at: position + 8)
        let skipped = prefix == 0x4578_6966 ? 6 : 0
        return EXIF.orientation(
          &source, at: position + 8 + skipped, count: Int(length) - skipped)
      }
      // Chunks are padded to an even length.
      position += 8 + Int(length) + Int(length & 1)
    }
    return 1
  }

  private static func header(width: Int, height: Int, hasAlpha: Bool) -> ImageHeader {
    ImageHeader(
      format: .webp, width: width, height: height, channels: hasAlpha ? 4 : 3, bitDepth: 8,
      colourModel: .rgb, hasAlpha: hasAlpha)
  }
}
