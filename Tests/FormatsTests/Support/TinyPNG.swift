/// PNG files as small as tests need them, packed without compression.
enum TinyPNG {
  /// A header that says the size, and not one pixel.
  static func header(width: Int, height: Int) -> [UInt8] {
    signature + chunk("IHDR", sizes(width, height) + [8, 2, 0, 0, 0])
  }

  /// A mask of one byte a pixel, with a palette of 256 colours.
  static func palette(_ rows: [[UInt8]]) -> [UInt8] {
    let colours = (0..<256).flatMap { [UInt8($0), UInt8(255 - $0), UInt8($0 ^ 0x55)] }
    return picture(rows, kind: 3, width: rows[0].count, palette: colours)
  }

  /// A mask of one grey level a pixel.
  static func grey(_ rows: [[UInt8]]) -> [UInt8] {
    picture(rows, kind: 0, width: rows[0].count)
  }

  /// A mask of three bytes a pixel: red, green and blue.
  static func colours(_ rows: [[UInt8]]) -> [UInt8] {
    picture(rows, kind: 2, width: rows[0].count / 3)
  }

  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  private static func picture(
    _ rows: [[UInt8]], kind: UInt8, width: Int, palette: [UInt8]? = nil
  ) -> [UInt8] {
    var bytes = signature + chunk("IHDR", sizes(width, rows.count) + [8, kind, 0, 0, 0])
    if let palette { bytes += chunk("PLTE", palette) }
    // Every row begins with its filter: none.
    bytes += chunk("IDAT", stored(rows.flatMap { [0] + $0 }))
    return bytes + chunk("IEND", [])
  }

  private static func sizes(_ width: Int, _ height: Int) -> [UInt8] {
    bigEndian(UInt32(width)) + bigEndian(UInt32(height))
  }

  private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let checked = Array(name.utf8) + content
    return bigEndian(UInt32(content.count)) + checked + bigEndian(checksum(of: checked))
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  /// CRC-32 as PNG wants it, bit by bit.
  private static func checksum(of bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
        sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1
      }
    }
  }

  /// A zlib stream of one block that is stored as it is.
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    let count = UInt16(bytes.count)
    let lengths = [count, ~count].flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let (low, high) = bytes.reduce((UInt32(1), UInt32(0))) { sums, byte in
      let low = (sums.0 + UInt32(byte)) % 65521
      return (low, (sums.1 + low) % 65521)
    }
    return [0x78, 0x01, 0x01] + lengths + bytes + bigEndian(high << 16 | low)
  }
}
