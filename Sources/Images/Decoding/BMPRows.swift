import CImageCodecs

/// The pixels of a BMP file, as RGB of 8 bits, with alpha if a mask defines it.
final class BMPRows: PictureRows {
  let picture: CopraPicture
  private let bytes: UnsafeRawBufferPointer
  private let header: BMPHeader
  private let pixelsOffset: Int
  /// The red, green and blue of each entry.
  private var palette: [UInt8] = []
  private var fields: [BMPField] = []
  /// The index of each pixel, bottom row first, if runs were read.
  private var indices: [UInt8] = []
  private var row = 0

  /// Creates the rows of a file; `bytes` must begin with a sound header.
  init(_ bytes: UnsafeRawBufferPointer, samples: CopraSamples) throws(ImageError) {
    var source = ByteSource(bytes)
    let header = try BMPHeader(&source)
    self.bytes = bytes
    self.header = header
    pixelsOffset = Int(try source.littleEndian32(at: 10))
    let channels: UInt32 = header.hasAlpha && samples == .colours ? 4 : 3
    picture = CopraPicture(
      width: UInt32(header.width), height: UInt32(header.height), channels: channels, bitDepth: 8,
      colour: .RGB, interlaced: false, palette: nil, paletteCount: 0)
    guard let compression = header.compression else {
      throw .unsupported("expected pixels, runs of them or masks, found another kind of BMP file")
    }
    if header.bits <= 8 { palette = readPalette() }
    if header.bits == 16 || header.bits == 32 {
      fields = BMPField.fields(of: header, count: Int(channels))
    }
    switch compression {
    case .none, .masks: try checkLength()
    case .runs8, .runs4:
      let start = min(pixelsOffset, bytes.count)
      indices = try BMPRuns(bytes, from: start, header: header).indices()
    }
  }

  /// The bytes of a stored row, padded to a multiple of four.
  private var stride: Int { (header.width * header.bits + 31) / 32 * 4 }

  private func checkLength() throws(ImageError) {
    // The last row is sometimes not filled up.
    let wanted = stride * (header.height - 1) + (header.width * header.bits + 7) / 8
    let found = max(bytes.count - pixelsOffset, 0)
    guard found >= wanted else {
      throw .truncated("expected \(wanted) bytes of pixels, found \(found)", offset: bytes.count)
    }
  }

  /// Returns the palette: the entries between the header and the pixels, at most one for each
  /// value.
  private func readPalette() -> [UInt8] {
    let entryBytes = header.size == 12 ? 3 : 4
    let end = min(bytes.count, max(pixelsOffset, header.end))
    let count = min((end - min(header.end, end)) / entryBytes, 1 << header.bits)
    var palette = [UInt8](repeating: 0, count: 3 << header.bits)
    for entry in 0..<count {
      let start = header.end + entry * entryBytes
      for channel in 0..<3 { palette[entry * 3 + channel] = bytes[start + 2 - channel] }
    }
    return palette
  }

  func read(
    _ pixels: UnsafeMutablePointer<UInt8>, rowBytes: Int, rows: Int
  ) throws(ImageError) {
    for index in 0..<rows {
      let stored = header.isTopDown ? row : header.height - 1 - row
      let target = pixels + rowBytes * index
      let start = pixelsOffset + stride * stored
      if !indices.isEmpty {
        for x in 0..<header.width { paint(indices[header.width * stored + x], target + 3 * x) }
      } else if header.bits <= 8 {
        readIndices(from: start, into: target)
      } else if header.bits == 24 {
        for x in 0..<header.width {
          for channel in 0..<3 { target[3 * x + channel] = bytes[start + 3 * x + 2 - channel] }
        }
      } else {
        readFields(from: start, into: target)
      }
      row += 1
    }
  }

  private func paint(_ index: UInt8, _ target: UnsafeMutablePointer<UInt8>) {
    for channel in 0..<3 { target[channel] = palette[Int(index) * 3 + channel] }
  }

  private func readIndices(from start: Int, into target: UnsafeMutablePointer<UInt8>) {
    let bits = header.bits
    let mask = UInt8(truncatingIfNeeded: 1 << bits - 1)
    for x in 0..<header.width {
      let bit = x * bits
      let index = bytes[start + bit / 8] >> (8 - bits - bit % 8) & mask
      paint(index, target + 3 * x)
    }
  }

  private func readFields(from start: Int, into target: UnsafeMutablePointer<UInt8>) {
    let size = header.bits / 8
    for x in 0..<header.width {
      var value: UInt32 = 0
      for byte in 0..<size { value |= UInt32(bytes[start + size * x + byte]) << (8 * byte) }
      for (channel, field) in fields.enumerated() {
        target[fields.count * x + channel] = field.sample(of: value)
      }
    }
  }
}

/// The bits of a pixel that hold one of its samples.
private struct BMPField {
  private let mask: UInt32
  private let shift: UInt32
  private let most: UInt32

  private init(_ mask: UInt32) {
    self.mask = mask
    shift = UInt32(mask == 0 ? 0 : mask.trailingZeroBitCount)
    most = mask >> shift
  }

  /// Returns the fields that the header defines, or else five bits each of 16, or eight of 32.
  static func fields(of header: BMPHeader, count: Int) -> [BMPField] {
    let usual: [UInt32] =
      header.bits == 16 ? [0x7C00, 0x03E0, 0x001F] : [0xFF_0000, 0xFF00, 0xFF]
    return (header.masks.isEmpty ? usual : header.masks).prefix(count).map { BMPField($0) }
  }

  /// Returns the sample scaled to 0...255.
  func sample(of value: UInt32) -> UInt8 {
    guard most > 0 else { return 0 }
    let found = UInt64((value & mask) >> shift)
    return UInt8((found * 255 + UInt64(most) / 2) / UInt64(most))
  }
}
