/// The run lengths of a BMP file (Microsoft's BI_RLE8 and BI_RLE4): pairs of bytes, a count and the
/// repeated value, or 0 and a command.
struct BMPRuns {
  private let bytes: UnsafeRawBufferPointer
  private var position: Int
  private let width: Int
  private let height: Int
  /// Two indices a byte.
  private let isPacked: Bool
  private var (x, y) = (0, 0)
  private var pixels: [UInt8]

  init(_ bytes: UnsafeRawBufferPointer, from start: Int, header: BMPHeader) {
    self.bytes = bytes
    position = start
    (width, height) = (header.width, header.height)
    isPacked = header.bits == 4
    pixels = [UInt8](repeating: 0, count: header.width * header.height)
  }

  /// Returns an index for each pixel, bottom row first; pixels that no run covers are 0.
  consuming func indices() throws(ImageError) -> [UInt8] {
    while y < height {
      let count = Int(try next())
      let value = try next()
      if count > 0 {
        for index in 0..<count { put(half(value, index)) }
        continue
      }
      switch value {
      case 0: (x, y) = (0, y + 1)
      case 1: return pixels
      case 2:
        x += Int(try next())
        y += Int(try next())
      default: try readPlain(Int(value))
      }
    }
    return pixels
  }

  /// Reads indices without compression, padded to two bytes.
  private mutating func readPlain(_ count: Int) throws(ImageError) {
    var value: UInt8 = 0
    for index in 0..<count {
      if !isPacked || index % 2 == 0 { value = try next() }
      put(half(value, index))
    }
    let length = isPacked ? (count + 1) / 2 : count
    if length % 2 == 1 { _ = try next() }
  }

  private func half(_ value: UInt8, _ index: Int) -> UInt8 {
    !isPacked ? value : index % 2 == 0 ? value >> 4 : value & 15
  }

  /// Writes an index; one past the image's edge is left out.
  private mutating func put(_ index: UInt8) {
    if x < width, y < height { pixels[y * width + x] = index }
    x += 1
  }

  private mutating func next() throws(ImageError) -> UInt8 {
    guard position < bytes.count else {
      throw .truncated("expected another run, found the end", offset: position)
    }
    position += 1
    return bytes[position - 1]
  }
}
