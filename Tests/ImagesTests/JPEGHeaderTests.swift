import Images
import TestSupport
import Testing

@Suite struct JPEGHeaderTests {
  /// A segment with its marker and length.
  static func segment(_ marker: UInt8, _ payload: [UInt8]) -> [UInt8] {
    let length = payload.count + 2
    return [0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)] + payload
  }

  /// A frame header of 640 × 480 pixels.
  static func frame(_ marker: UInt8 = 0xC0, precision: UInt8 = 8, components: UInt8 = 3) -> [UInt8]
  {
    let parts: [UInt8] = (0..<components).flatMap { [$0, 0x11, 0] as [UInt8] }
    return segment(marker, [precision, 0x01, 0xE0, 0x02, 0x80, components] + parts)
  }

  /// An EXIF segment whose directory holds `entry`.
  static func exif(_ entry: [UInt8]) -> [UInt8] {
    let header: [UInt8] = Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8, 0, 1]
    return segment(0xE1, header + entry + [0, 0, 0, 0])
  }

  static let start: [UInt8] = [0xFF, 0xD8]
  static let frameMarkers: [UInt8] = [
    0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF,
  ]

  @Test(arguments: frameMarkers)
  func `every frame marker gives the size`(_ marker: UInt8) throws {
    let header = try ImageHeader.parse(Self.start + Self.frame(marker))
    #expect([header.width, header.height] == [640, 480])
  }

  @Test(arguments: [UInt8]([0xC4, 0xC8, 0xCC]))
  func `tables among the frame markers are skipped`(_ marker: UInt8) throws {
    let table = Self.segment(marker, [8, 0, 1, 0, 1, 1, 0, 0, 0])
    let header = try ImageHeader.parse(Self.start + table + Self.frame())
    #expect(header.width == 640)
  }

  @Test(
    arguments: [
      ("fill bytes", [0xFF, 0xFF, 0xFF]), ("restart markers", [0xFF, 0xD0, 0xFF, 0xD7]),
      ("stray bytes", [0, 1, 2]), ("stuffed bytes", [0xFF, 0, 0xFF, 0]), ("TEM", [0xFF, 0x01]),
    ] as [(String, [UInt8])])
  func `what may stand between segments is skipped`(_ name: String, _ between: [UInt8]) throws {
    let bytes = Self.start + Self.segment(0xFE, [1, 2]) + between + Self.frame()
    #expect(try ImageHeader.parse(bytes).width == 640)
  }

  @Test(
    arguments: [
      (Self.segment(0xC0, [8, 1, 0xE0, 2, 0x80, 3, 0, 0x11, 0]), 4),
      (Self.segment(0xC0, [8, 1, 0xE0, 2, 0x80, 0]), 4),
      (Self.segment(0xC0, [8, 0, 0, 2, 0x80, 1, 0, 0x11, 0]), 7),
      (Self.segment(0xC0, [8, 1, 0xE0, 0, 0, 1, 0, 0x11, 0]), 7),
      (Self.frame(precision: 1), 6), (Self.frame(precision: 17), 6),
      ([0xFF, 0xE0, 0, 1], 4), ([0xFF, 0xE0, 0, 0], 4),
      ([0xFF, 0xD9], 2), ([0xFF, 0xDA, 0, 8], 2), ([0xFF, 0xD8], 2),
    ])
  func `a bad segment is corrupt where it stands`(_ bytes: [UInt8], _ offset: Int) {
    #expect {
      try ImageHeader.parse(Self.start + bytes)
    } throws: { error in
      guard case .corrupt? = error as? ImageError else { return false }
      return (error as? ImageError)?.offset == offset
    }
  }

  @Test(
    arguments: [
      ("no such tag", [1, 0, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0], 1),
      ("above 8", [1, 18, 0, 3, 0, 0, 0, 1, 0, 9, 0, 0], 1),
      ("of 0", [1, 18, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0], 1),
      ("without a value", [1, 18, 0, 3, 0, 0, 0, 0, 0, 6, 0, 0], 1),
      ("as text", [1, 18, 0, 2, 0, 0, 0, 1, 6, 0, 0, 0], 1),
      ("outside the segment", [1, 18, 0, 3, 0, 0, 0, 9, 0, 0, 1, 0], 1),
      ("as a long", [1, 18, 0, 4, 0, 0, 0, 1, 0, 0, 0, 6], 6),
      ("as a byte", [1, 18, 0, 1, 0, 0, 0, 1, 6, 0, 0, 0], 6),
    ] as [(String, [UInt8], Int)])
  func `an orientation counts only where it is one`(
    _ name: String, _ entry: [UInt8], _ expected: Int
  ) throws {
    let header = try ImageHeader.parse(Self.start + Self.exif(entry) + Self.frame())
    #expect(header.orientation == expected)
  }

  @Test func `the first orientation counts`() throws {
    let segments = [6, 8].flatMap { Self.exif([1, 18, 0, 3, 0, 0, 0, 1, 0, $0, 0, 0]) }
    #expect(try ImageHeader.parse(Self.start + segments + Self.frame()).orientation == 6)
  }

  @Test func `segments larger than the window are jumped over`() throws {
    let large = Self.segment(0xE2, [UInt8](repeating: 0xFF, count: 65_000))
    let turned = Self.exif([1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0])
    let bytes = Self.start + large + turned + large + large + Self.frame()
    let file = try TemporaryFile(bytes)
    let header = try ImageHeader.read(path: file.path)
    #expect([header.width, header.height, header.orientation] == [640, 480, 6])
  }

  @Test(arguments: 4080...4100)
  func `a frame across the windows edge is read`(_ count: Int) throws {
    let bytes = Self.start + Self.segment(0xFE, [UInt8](repeating: 1, count: count)) + Self.frame()
    let file = try TemporaryFile(bytes)
    #expect(try ImageHeader.read(path: file.path) == ImageHeader.parse(bytes))
  }

  @Test func `an endless run of fill bytes is given up`() throws {
    let file = try TemporaryFile(Self.start + [UInt8](repeating: 0xFF, count: 5 << 20))
    #expect {
      try ImageHeader.read(path: file.path)
    } throws: { error in
      guard case .corrupt? = error as? ImageError else { return false }
      return (error as? ImageError)?.offset == 512 * 8192
    }
  }

  @Test func `more bits and inks show`() throws {
    let header = try ImageHeader.parse(Self.start + Self.frame(0xC1, precision: 12, components: 4))
    #expect(header.bitDepth == 12)
    #expect(header.isCMYK)
  }
}
