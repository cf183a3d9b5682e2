/// A PNG file's IHDR chunk, with the alpha and orientation of the chunks before the pixels (PNG
/// specification, third edition, 5.3 and 11.2–11.3).
enum PNGHeader {
  private static let maximumLength = 0x7FFF_FFFF
  /// The most chunks examined before the pixels; real files have about ten.
  private static let maximumChunks = 256

  static func read(_ source: inout ByteSource) throws(ImageError) -> ImageHeader {
    guard try source.bigEndian32(at: 8) == 13, try source.bigEndian32(at: 12) == 0x4948_4452 else {
      throw .corrupt("expected an IHDR chunk of 13 bytes", offset: 8)
    }
    let width = Int(try source.bigEndian32(at: 16))
    let height = Int(try source.bigEndian32(at: 20))
    let bitDepth = Int(try source.byte(at: 24))
    let colourType = try source.byte(at: 25)
    guard isAllowed(bitDepth, for: colourType) else {
      throw .corrupt(
        "expected a bit depth that suits colour type \(colourType), found \(bitDepth)", offset: 24)
    }
    // Compression, filter and interlace methods; then the checksum ends the chunk.
    let methods = try source.bigEndian32(at: 26) >> 8
    guard methods <= 1 else {
      throw .corrupt("expected methods 0, 0 and 0 or 1, found \(methods)", offset: 26)
    }
    let header = try ImageHeader(
      format: .png, width: width, height: height, channels: channels(of: colourType),
      bitDepth: bitDepth, colourModel: colourModel(of: colourType), hasAlpha: colourType & 4 != 0
    ).sized(at: 16)
    return withChunks(header, &source)
  }

  /// Returns the header completed by the chunks between IHDR and the pixels. A fault there leaves
  /// it unchanged.
  private static func withChunks(_ header: ImageHeader, _ source: inout ByteSource) -> ImageHeader {
    var header = header
    var position = 33
    for _ in 0..<maximumChunks {
      guard
        let length = try? source.bigEndian32(at: position), length <= maximumLength,
        let type = try? source.bigEndian32(at: position + 4)
      else { break }
      switch type {
      case 0x4944_4154, 0x4945_4E44: return header  // IDAT, IEND
      case 0x7452_4E53: header.hasAlpha = true  // tRNS
      case 0x6558_4966:  // eXIf
        header.orientation = EXIF.orientation(&source, at: position + 8, count: Int(length))
      default: break
      }
      position += 12 + Int(length)
    }
    return header
  }

  private static func isAllowed(_ bitDepth: Int, for colourType: UInt8) -> Bool {
    switch (colourType, bitDepth) {
    case (0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (3, 1), (3, 2), (3, 4), (3, 8): true
    case (2, 8), (2, 16), (4, 8), (4, 16), (6, 8), (6, 16): true
    default: false
    }
  }

  private static func channels(of colourType: UInt8) -> Int {
    switch colourType {
    case 2: 3
    case 4: 2
    case 6: 4
    default: 1
    }
  }

  private static func colourModel(of colourType: UInt8) -> ColourModel {
    switch colourType {
    case 0, 4: .grey
    case 3: .palette
    default: .rgb
    }
  }
}
