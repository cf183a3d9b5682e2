import Images
import TestSupport
import Testing

@Suite struct OtherHeaderTests {
  static func isCorrupt(_ bytes: [UInt8]) -> Bool {
    do throws(ImageError) {
      _ = try ImageHeader.parse(bytes)
      return false
    } catch {
      if case .corrupt = error { return true }
      return false
    }
  }

  /// A fixture with some bytes replaced from `offset` on.
  static func patched(_ name: String, _ offset: Int, _ bytes: [UInt8]) throws -> [UInt8] {
    var all = try fixtures.bytes(name)
    all.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    return all
  }

  static let zero: [UInt8] = [0, 0, 0, 0]

  @Test(
    arguments: [
      ("rgb.png", 16, zero), ("rgb.png", 20, zero), ("rgb.png", 16, [0x80, 0, 0, 0]),
      ("rgb.png", 24, [3]), ("rgb.png", 25, [1]), ("rgb.png", 26, [1]), ("rgb.png", 28, [2]),
      ("rgb.png", 12, zero), ("rgb.bmp", 18, zero), ("rgb.bmp", 22, zero), ("rgb.bmp", 14, zero),
      ("rgb.bmp", 18, [0xFF, 0xFF, 0xFF, 0xFF]), ("rgb.bmp", 22, [0, 0, 0, 0x80]),
      ("rgb.bmp", 28, [7]), ("palette.gif", 6, [0, 0]), ("palette.gif", 8, [0, 0]),
      ("lossy.webp", 26, [0, 0]), ("lossy.webp", 20, [1]), ("lossless.webp", 20, [0]),
      ("lossy.webp", 12, zero),
    ] as [(String, Int, [UInt8])])
  func `a field that cannot be is corrupt`(_ name: String, _ offset: Int, _ bytes: [UInt8]) throws {
    #expect(Self.isCorrupt(try Self.patched(name, offset, bytes)))
  }

  @Test(
    arguments: [
      ([0, 0, 0, 0x1C], "ftypavif____mif1", "an AVIF image, which is not read"),
      ([0, 0, 0, 0x1C], "ftypmif1____mif1avif", "an AVIF image"),
      ([0, 0, 0, 0x18], "ftypheic____mif1heic", "a HEIC image"),
      ([0, 0, 0, 0x18], "ftypmif1____mif1heic", "a HEIC image"),
      (
        [0x89, 0x50, 0x4E, 0x47, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D], "IHDR",
        "a PNG whose line ends were converted"
      ),
      (
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0D, 0x0A, 0x1A, 0x0D, 0x0A], "xx", "a PNG whose line ends"
      ),
      ([0xEF, 0xBF, 0xBD, 0x50, 0x4E, 0x47, 0x0D, 0x0A], "xx", "a PNG that was saved as text"),
      (
        Array(repeating: [0xEF, 0xBF, 0xBD], count: 4).flatMap { $0 }, "JFIF",
        "a JPEG that was saved as text"
      ),
      ([], "version https://git-lfs.github.com/spec/v1\n", "a pointer of Git LFS: git lfs pull"),
      ([0xFF, 0x0A, 0xFA], "xxxxxxxx", "a JPEG XL image"),
    ] as [([UInt8], String, String)])
  func `what is not read is named`(_ bytes: [UInt8], _ text: String, _ name: String) {
    do throws(ImageError) {
      _ = try ImageHeader.parse(bytes + Array(text.utf8))
      Issue.record("it was read")
    } catch {
      #expect("\(error)".hasPrefix("found \(name)"))
    }
  }

  @Test func `the largest PNG size is reported as claimed`() throws {
    let size: [UInt8] = [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF]
    let header = try ImageHeader.parse(Self.patched("rgb.png", 16, size))
    #expect([header.width, header.height] == [0x7FFF_FFFF, 0x7FFF_FFFF])
  }

  @Test func `chunks before the pixels may be damaged`() throws {
    let bytes = try Self.patched("orientation6.png", 33, [0xFF, 0xFF, 0xFF, 0xFF])
    #expect(try ImageHeader.parse(bytes).orientation == 1)
  }

  @Test func `a BMP with an alpha mask has alpha`() throws {
    let sizes: [UInt8] = [108, 0, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0, 1, 0, 32, 0, 3, 0, 0, 0]
    let masks = [UInt8](repeating: 0, count: 32) + [0, 0, 0, 0xFF]
    let bytes = Array("BM".utf8) + [UInt8](repeating: 0, count: 12) + sizes + masks
    #expect(
      try ImageHeader.parse(bytes)
        == ImageHeader(
          format: .bmp, width: 4, height: 3, channels: 4, bitDepth: 8, colourModel: .rgb,
          hasAlpha: true))
  }

  /// A small TIFF file of the byte order MM whose directory holds `entries`.
  static func tiff(_ entries: [[UInt8]], next: [UInt8] = zero) -> [UInt8] {
    [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, UInt8(entries.count)] + entries.flatMap { $0 } + next
  }

  @Test func `a TIFF directory that links to itself is read once`() throws {
    let bytes = Self.tiff(
      [[1, 0, 0, 3, 0, 0, 0, 1, 0, 9, 0, 0], [1, 1, 0, 4, 0, 0, 0, 1, 0, 0, 0, 8]],
      next: [0, 0, 0, 8])
    let header = try ImageHeader.parse(bytes)
    #expect([header.width, header.height, header.bitDepth] == [9, 8, 1])
  }

  @Test(
    arguments: [
      tiff([]), tiff([[1, 0, 0, 3, 0, 0, 0, 1, 0, 9, 0, 0]]),
      tiff([[1, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0], [1, 1, 0, 3, 0, 0, 0, 1, 0, 8, 0, 0]]),
      tiff([
        [1, 0, 0, 4, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF], [1, 1, 0, 3, 0, 0, 0, 1, 0, 8, 0, 0],
      ]),
      [0x4D, 0x4D, 0, 43, 0, 8, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
    ])
  func `a TIFF without a size is corrupt`(_ bytes: [UInt8]) {
    #expect(Self.isCorrupt(bytes))
  }
}
