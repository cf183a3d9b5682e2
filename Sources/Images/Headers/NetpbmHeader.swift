/// The header of a PBM, PGM, PPM or PAM file (Netpbm's manual, pages pbm, pgm, ppm and pam).
struct NetpbmHeader {
  /// The longest header that is read, comments included.
  private static let maximumLength = 1 << 20

  /// The digit of the signature "P1" to "P7".
  let kind: UInt8
  private(set) var width = 0
  private(set) var height = 0
  /// The samples of a pixel.
  private(set) var channels = 1
  /// The value of the brightest sample, 1...65535.
  private(set) var maximum = 1
  /// The offset of the first pixel.
  private(set) var pixelsOffset = 0

  /// Whether the samples are numbers in words, and not bytes.
  var isText: Bool { kind <= 3 }
  /// Whether a sample is a bit, and 1 is black.
  var isBits: Bool { kind == 1 || kind == 4 }
  /// The bytes of a sample, if samples are bytes.
  var sampleBytes: Int { maximum > 255 ? 2 : 1 }
  var hasAlpha: Bool { kind == 7 && (channels == 2 || channels == 4) }

  init(_ source: inout ByteSource) throws(ImageError) {
    kind = try source.byte(at: 1) &- UInt8(ascii: "0")
    var position = 2
    if kind == 7 {
      try readFields(&source, &position)
    } else {
      width = try Self.number(&source, &position, "a width")
      height = try Self.number(&source, &position, "a height")
      channels = kind == 3 || kind == 6 ? 3 : 1
      if !isBits { maximum = try Self.number(&source, &position, "a largest value") }
      // One blank parts the header from the pixels.
      pixelsOffset = position + 1
    }
    guard (1...65535).contains(maximum) else {
      throw .corrupt("expected a largest value of 1 to 65535, found \(maximum)", offset: position)
    }
    guard (1...4).contains(channels) else {
      throw .unsupported("expected a PAM file of 1 to 4 samples a pixel, found \(channels)")
    }
  }

  /// Reads PAM's lines of a word and a value, up to ENDHDR.
  private mutating func readFields(
    _ source: inout ByteSource, _ position: inout Int
  ) throws(ImageError) {
    while true {
      let start = position
      switch try Self.word(&source, &position) {
      case "WIDTH": width = try Self.number(&source, &position, "a width")
      case "HEIGHT": height = try Self.number(&source, &position, "a height")
      case "DEPTH": channels = try Self.number(&source, &position, "a depth")
      case "MAXVAL": maximum = try Self.number(&source, &position, "a largest value")
      case "TUPLTYPE": try Self.skipLine(&source, &position)
      case "ENDHDR":
        pixelsOffset = position + 1
        return
      case let found:
        throw .corrupt("expected a word of a PAM header, found \"\(found)\"", offset: start)
      }
    }
  }

  /// Returns the next word after blanks and comments, and moves `position` behind it.
  private static func word(
    _ source: inout ByteSource, _ position: inout Int
  ) throws(ImageError) -> String {
    while true {
      let byte = try source.byte(at: position)
      if byte == UInt8(ascii: "#") {
        try skipLine(&source, &position)
      } else if isBlank(byte) {
        position += 1
      } else {
        break
      }
      guard position < maximumLength else { throw .corrupt("expected a header", offset: position) }
    }
    var bytes: [UInt8] = []
    while bytes.count < 20 {
      let byte = try source.byte(at: position)
      if isBlank(byte) || byte == UInt8(ascii: "#") { break }
      bytes.append(byte)
      position += 1
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func number(
    _ source: inout ByteSource, _ position: inout Int, _ what: String
  ) throws(ImageError) -> Int {
    let word = try word(&source, &position)
    guard let number = Int(word), number >= 0 else {
      throw .corrupt("expected \(what), found \"\(word)\"", offset: position - word.utf8.count)
    }
    return number
  }

  private static func skipLine(
    _ source: inout ByteSource, _ position: inout Int
  ) throws(ImageError) {
    while try source.byte(at: position) != UInt8(ascii: "\n") {
      position += 1
      guard position < maximumLength else { throw .corrupt("expected a header", offset: position) }
    }
  }

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (9...13).contains(byte)
  }
}

extension NetpbmHeader {
  static func read(_ source: inout ByteSource) throws(ImageError) -> ImageHeader {
    let header = try NetpbmHeader(&source)
    return try ImageHeader(
      format: .netpbm, width: header.width, height: header.height, channels: header.channels,
      bitDepth: header.isBits ? 1 : 8 * header.sampleBytes,
      colourModel: header.channels <= 2 ? .grey : .rgb, hasAlpha: header.hasAlpha
    ).sized(at: 2)
  }
}
