import CImageCodecs

/// The pixels of a Netpbm file, scaled to 0...255, or 0...65535 if the file has more than 256
/// values.
final class NetpbmRows: PictureRows {
  let picture: CopraPicture
  private let bytes: UnsafeRawBufferPointer
  private let header: NetpbmHeader
  private let keepsAlpha: Bool
  /// The offset of the next sample.
  private var position: Int

  /// Creates the rows of a file; `bytes` must begin with a sound header.
  init(_ bytes: UnsafeRawBufferPointer, samples: CopraSamples) throws(ImageError) {
    var source = ByteSource(bytes)
    let header = try NetpbmHeader(&source)
    self.bytes = bytes
    self.header = header
    keepsAlpha = samples == .colours
    position = header.pixelsOffset
    let channels = header.hasAlpha && !keepsAlpha ? header.channels - 1 : header.channels
    picture = CopraPicture(
      width: UInt32(header.width), height: UInt32(header.height), channels: UInt32(channels),
      bitDepth: header.maximum > 255 && samples != .luma ? 16 : 8,
      colour: header.channels <= 2 ? .grey : .RGB, interlaced: false, palette: nil, paletteCount: 0)
    try checkLength()
  }

  /// The bytes of a row, if samples are not text.
  private var storedRowBytes: Int {
    header.isBits ? (header.width + 7) / 8 : header.width * header.channels * header.sampleBytes
  }

  private func checkLength() throws(ImageError) {
    // A digit at least for each sample that is text.
    let wanted =
      header.isText
      ? header.width * header.height * header.channels
      : storedRowBytes * header.height
    let found = max(bytes.count - header.pixelsOffset, 0)
    guard found >= wanted else {
      throw .truncated("expected \(wanted) bytes of pixels, found \(found)", offset: bytes.count)
    }
  }

  func read(
    _ pixels: UnsafeMutablePointer<UInt8>, rowBytes: Int, rows: Int
  ) throws(ImageError) {
    for row in 0..<rows {
      let target = pixels + rowBytes * row
      if header.isText {
        try fill(target) { () throws(ImageError) in try nextNumber() }
      } else if header.isBits {
        fillBits(target)
      } else if header.maximum == 255, !header.hasAlpha || keepsAlpha {
        let start = bytes.baseAddress.map { $0 + position }
        start.map { UnsafeMutableRawPointer(target).copyMemory(from: $0, byteCount: rowBytes) }
        position += storedRowBytes
      } else {
        try fill(target) { () throws(ImageError) in nextSample() }
      }
    }
  }

  private func fill(
    _ target: UnsafeMutablePointer<UInt8>, next: () throws(ImageError) -> Int
  ) throws(ImageError) {
    var place = 0
    for _ in 0..<header.width {
      for channel in 0..<header.channels {
        let value = scaled(try next())
        if channel >= Int(picture.channels) { continue }
        if picture.bitDepth == 16 {
          UnsafeMutableRawPointer(target + place).storeBytes(of: UInt16(value), as: UInt16.self)
          place += 2
        } else {
          target[place] = UInt8(header.maximum > 255 ? value >> 8 : value)
          place += 1
        }
      }
    }
  }

  /// Returns a scaled value; one above the file's own largest counts as that.
  private func scaled(_ value: Int) -> Int {
    let most = header.maximum > 255 ? 65535 : 255
    if header.isBits { return value == 0 ? 255 : 0 }
    return (min(value, header.maximum) * most + header.maximum / 2) / header.maximum
  }

  private func fillBits(_ target: UnsafeMutablePointer<UInt8>) {
    for x in 0..<header.width {
      target[x] = bytes[position + x / 8] << (x % 8) & 0x80 == 0 ? 255 : 0
    }
    position += storedRowBytes
  }

  private func nextSample() -> Int {
    defer { position += header.sampleBytes }
    return header.sampleBytes == 2
      ? Int(bytes[position]) << 8 | Int(bytes[position + 1]) : Int(bytes[position])
  }

  /// Returns the next number in words. Bits need no blanks between them.
  private func nextNumber() throws(ImageError) -> Int {
    while position < bytes.count, !isDigit(bytes[position]) {
      guard NetpbmHeader.isBlank(bytes[position]) else {
        throw .corrupt("expected a number, found byte \(bytes[position])", offset: position)
      }
      position += 1
    }
    var value = 0
    let start = position
    let longest = header.isBits ? 1 : 6
    while position < bytes.count, position < start + longest, isDigit(bytes[position]) {
      value = value * 10 + Int(bytes[position] - UInt8(ascii: "0"))
      position += 1
    }
    guard position > start else {
      throw .truncated("expected a number, found the end", offset: position)
    }
    return value
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
