/// A file format whose header is read.
public enum ImageFormat: String, Sendable, CaseIterable {
  case jpeg, png, bmp, gif, tiff, webp
  /// PBM, PGM, PPM and PAM.
  case netpbm
}

/// The meaning of a pixel's channels, apart from alpha.
public enum ColourModel: String, Sendable, CaseIterable {
  case grey
  /// Red, green and blue, also if they are stored as luma and chroma.
  case rgb
  /// One channel of indices into a table of colours.
  case palette
  /// Four inks, or luma, chroma and black.
  case cmyk
  /// Anything else, such as CIE L*a*b*.
  case other
}

extension ImageFormat {
  /// The format that the first bytes announce.
  init(of source: inout ByteSource) throws(ImageError) {
    switch try source.byte(at: 0) {
    case 0xFF where try source.bigEndian16(at: 0) == 0xFFD8: self = .jpeg
    case 0x89 where try source.bigEndian64(at: 0) == 0x8950_4E47_0D0A_1A0A: self = .png
    case 0x42 where try source.byte(at: 1) == 0x4D: self = .bmp
    case 0x47 where try Self.isGIF(&source): self = .gif
    case 0x49 where try Self.isTIFF(&source), 0x4D where try Self.isTIFF(&source): self = .tiff
    case 0x50 where try Self.isNetpbm(&source): self = .netpbm
    case 0x52 where try Self.isWebP(&source): self = .webp
    default: throw try Self.unknown(&source)
    }
  }

  /// Returns whether the file begins with "GIF87a" or "GIF89a".
  private static func isGIF(_ source: inout ByteSource) throws(ImageError) -> Bool {
    guard try source.bigEndian32(at: 0) == 0x4749_4638 else { return false }
    let version = try source.bigEndian16(at: 4)
    return version == 0x3761 || version == 0x3961
  }

  /// Returns whether the file begins as TIFF or BigTIFF in either byte order.
  private static func isTIFF(_ source: inout ByteSource) throws(ImageError) -> Bool {
    switch try source.bigEndian32(at: 0) {
    case 0x4949_2A00, 0x4949_2B00, 0x4D4D_002A, 0x4D4D_002B: true
    default: false
    }
  }

  /// Returns whether the file begins with "RIFF", four bytes of length, and "WEBP".
  private static func isWebP(_ source: inout ByteSource) throws(ImageError) -> Bool {
    guard try source.bigEndian32(at: 0) == 0x5249_4646 else { return false }
    return try source.bigEndian32(at: 8) == 0x5745_4250
  }

  /// Returns whether the file begins with "P1" to "P7" and a separator before the size: a blank, or
  /// a comment.
  private static func isNetpbm(_ source: inout ByteSource) throws(ImageError) -> Bool {
    guard (0x31...0x37).contains(try source.byte(at: 1)) else { return false }
    let next = try source.byte(at: 2)
    return NetpbmHeader.isBlank(next) || next == UInt8(ascii: "#")
  }

  private static func unknown(_ source: inout ByteSource) throws(ImageError) -> ImageError {
    if let name = OtherFile.name(of: &source) { return .notAnImage("found \(name)") }
    var found = ""
    for offset in 0..<4 {
      guard let byte = try? source.byte(at: offset) else { break }
      found += byte < 16 ? " 0" : " "
      found += String(byte, radix: 16, uppercase: true)
    }
    return .notAnImage(
      "expected a JPEG, PNG, BMP, GIF, TIFF, WebP or Netpbm file, found bytes\(found)")
  }
}
