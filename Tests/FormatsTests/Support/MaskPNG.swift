/// A PNG as small as its test, packed without compression.
enum MaskPNG {
  static let oneObject: [[UInt8]] = [[0, 0, 0, 0], [0, 7, 7, 0], [0, 7, 0, 0]]

  /// One byte a pixel: grey levels, or indices into a palette of `colours`.
  static func bytes(
    _ rows: [[UInt8]], palette colours: [[UInt8]]? = nil
  ) -> [UInt8] {
    png(
      width: rows[0].count, height: rows.count, depth: 8, colour: colours == nil ? 0 : 3,
      palette: colours, rows: rows)
  }

  static func grey16(_ rows: [[UInt16]]) -> [UInt8] {
    png(
      width: rows[0].count, height: rows.count, depth: 16, colour: 0, palette: nil,
      rows: rows.map { $0.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] } })
  }

  /// `0xRRGGBB` a pixel.
  static func colour(_ rows: [[UInt32]]) -> [UInt8] {
    png(
      width: rows[0].count, height: rows.count, depth: 8, colour: 2, palette: nil,
      rows: rows.map { $0.flatMap { [UInt8($0 >> 16), UInt8($0 >> 8 & 255), UInt8($0 & 255)] } })
  }

  /// A palette of `count` colours as VOC's masks have it, 255 being its border's.
  static func vocPalette(_ count: Int = 256) -> [[UInt8]] {
    (0..<count).map { index in
      var colour: [UInt8] = [0, 0, 0]
      for bit in 0..<8 where index >> bit & 1 == 1 {
        colour[bit % 3] |= 0x80 >> UInt8(bit / 3)
      }
      return colour
    }
  }

  private static func png(
    width: Int, height: Int, depth: UInt8, colour: UInt8, palette: [[UInt8]]?, rows: [[UInt8]]
  ) -> [UInt8] {
    let header = bigEndian(width) + bigEndian(height) + [depth, colour, 0, 0, 0]
    var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    bytes += chunk("IHDR", header)
    if let palette { bytes += chunk("PLTE", palette.flatMap { $0 }) }
    bytes += chunk("IDAT", stored(rows.flatMap { [0] + $0 }))
    return bytes + chunk("IEND", [])
  }

  private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let checked = Array(name.utf8) + data
    return bigEndian(data.count) + checked + bigEndian(Int(crc(checked)))
  }

  /// A zlib stream of one stored block.
  private static func stored(_ data: [UInt8]) -> [UInt8] {
    precondition(data.count < 65536)
    let low = UInt8(data.count & 255)
    let high = UInt8(data.count >> 8)
    var a = 1
    var b = 0
    for byte in data {
      a = (a + Int(byte)) % 65521
      b = (b + a) % 65521
    }
    return [0x78, 0x01, 1, low, high, ~low, ~high] + data + bigEndian(b << 16 | a)
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = .max
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 0 ? crc >> 1 : crc >> 1 ^ 0xEDB8_8320 }
    }
    return ~crc
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(value >> $0 & 255) }
  }
}
