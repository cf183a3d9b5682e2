/// A BMP file's core or info header (Microsoft's BITMAPCOREHEADER to BITMAPV5HEADER, and OS/2's).
struct BMPHeader {
  /// The storage of the pixels.
  enum Compression: Sendable {
    case none, runs8, runs4
    /// The bits of a pixel are named by masks: red, green, blue and alpha.
    case masks
  }

  let width: Int
  let height: Int
  /// Whether the rows run from the top.
  let isTopDown: Bool
  /// The bits of a pixel.
  let bits: Int
  /// The bytes of the header itself, which starts at byte 14.
  let size: Int
  private let compressionNumber: UInt32
  /// The masks of red, green, blue and alpha; 0 for an absent one.
  let masks: [UInt32]

  init(_ source: inout ByteSource) throws(ImageError) {
    let size = try source.littleEndian32(at: 14)
    self.size = Int(size)
    if size == 12 {
      width = Int(try source.littleEndian16(at: 18))
      height = Int(try source.littleEndian16(at: 20))
      bits = Int(try source.littleEndian16(at: 24))
      (isTopDown, compressionNumber, masks) = (false, 0, [])
      return
    }
    // OS/2's second header may end behind any of its fields.
    guard (16...64).contains(size) || size == 108 || size == 124 else {
      throw .corrupt(
        "expected a header of 12, 16 to 64, 108 or 124 bytes, found \(size)", offset: 14)
    }
    width = Int(Int32(bitPattern: try source.littleEndian32(at: 18)))
    let rows = Int(Int32(bitPattern: try source.littleEndian32(at: 22)))
    (height, isTopDown) = (abs(rows), rows < 0)
    bits = Int(try source.littleEndian16(at: 28))
    compressionNumber = size >= 20 ? try source.littleEndian32(at: 30) : 0
    masks = try Self.masks(&source, size: size, compression: compressionNumber)
  }

  /// Returns the masks in the header or after it.
  private static func masks(
    _ source: inout ByteSource, size: UInt32, compression: UInt32
  ) throws(ImageError) -> [UInt32] {
    // In OS/2's header of 64 bytes the number means something else.
    guard size != 64, size >= 40, compression == 3 || compression == 6 else { return [] }
    let count = size >= 56 || compression == 6 ? 4 : 3
    var masks: [UInt32] = []
    for index in 0..<count { masks.append(try source.littleEndian32(at: 54 + 4 * index)) }
    return count == 4 ? masks : masks + [0]
  }

  /// The offset behind the header, at which the palette starts, if there is one.
  var end: Int {
    14 + size + (size == 40 && !masks.isEmpty ? (compressionNumber == 6 ? 16 : 12) : 0)
  }

  var hasAlpha: Bool { (masks.last ?? 0) != 0 }

  /// The compression; nil for one that is not decoded.
  var compression: Compression? {
    switch (compressionNumber, bits) {
    case (0, _): Compression.none
    case (1, 8): .runs8
    case (2, 4): .runs4
    case (3, 16), (3, 32), (6, 16), (6, 32): masks.isEmpty ? nil : .masks
    default: nil
    }
  }
}

extension BMPHeader {
  static func read(_ source: inout ByteSource) throws(ImageError) -> ImageHeader {
    try BMPHeader(&source).imageHeader()
  }

  private func imageHeader() throws(ImageError) -> ImageHeader {
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
        "expected 1, 2, 4, 8, 16, 24 or 32 bits a pixel, found \(bits)",
        offset: size == 12 ? 24 : 28)
    }
  }
}
