import Glibc
import TestSupport
import Testing

@testable import Images

@Suite struct MeasuringTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let contentHash: UInt128
    let luma: LumaMeasurement
    /// The least step between two cells of the difference hash.
    let contrast: Double
    var testDescription: String { name }

    init?(_ fields: [String]) {
      guard
        fields.count == 9, let contentHash = UInt128(fields[1], radix: 16),
        let mean = Double(fields[2]), let first = UInt8(fields[3]), let last = UInt8(fields[4]),
        let entropy = Double(fields[5]), let sharpness = Double(fields[6]),
        let hash = UInt64(fields[7], radix: 16), let contrast = Double(fields[8])
      else { return nil }
      name = fields[0]
      self.contentHash = contentHash
      luma = LumaMeasurement(
        mean: mean, firstPercentile: first, ninetyNinthPercentile: last, entropy: entropy,
        sharpness: sharpness, differenceHash: hash)
      self.contrast = contrast
    }

    static let all = fixtures.table("measuring/measurements.tsv").compactMap(Case.init)
  }

  static func measure(_ bytes: [UInt8], limit: Int = 1 << 21) throws -> ImageMeasurement {
    try bytes.withUnsafeBytes {
      try ImageMeasurer(pixelLimit: limit).measure(
        $0, stamp: FileStamp(size: bytes.count, modificationTime: 0))
    }
  }

  @Test func `every fixture is a case`() {
    #expect(Case.all.count == 27)
  }

  @Test(arguments: Case.all)
  func `a picture measures as numpy has it`(_ fixture: Case) throws {
    let found = try ImageMeasurer().measure(path: fixtures.path("measuring/" + fixture.name))
    #expect(found.decoding == .whole)
    #expect(found.contentHash == fixture.contentHash)
    let luma = try #require(found.luma)
    // Releases of libjpeg-turbo may differ by a step of rounding; PNG is exact but for ties.
    let isJPEG = fixture.name.hasSuffix(".jpg")
    #expect(abs(luma.mean - fixture.luma.mean) <= (isJPEG ? 0.1 : 1e-9))
    #expect(abs(luma.entropy - fixture.luma.entropy) <= (isJPEG ? 0.02 : 1e-9))
    #expect(
      abs(Int(luma.firstPercentile) - Int(fixture.luma.firstPercentile)) <= (isJPEG ? 1 : 0))
    #expect(
      abs(Int(luma.ninetyNinthPercentile) - Int(fixture.luma.ninetyNinthPercentile))
        <= (isJPEG ? 1 : 0))
    let sharpness = try #require(luma.sharpness)
    let expected = try #require(fixture.luma.sharpness)
    #expect(abs(sharpness - expected) <= (isJPEG ? 0.01 * expected : 1e-9))
    if !isJPEG || fixture.contrast > 0.2 {
      #expect(luma.differenceHash == fixture.luma.differenceHash)
    } else {
      #expect((luma.differenceHash ^ fixture.luma.differenceHash).nonzeroBitCount <= 2)
    }
  }

  @Test func `a measurer keeps nothing of the picture before`() throws {
    let measurer = ImageMeasurer()
    for fixture in Case.all + Case.all.reversed() {
      let path = fixtures.path("measuring/" + fixture.name)
      #expect(try measurer.measure(path: path) == ImageMeasurer().measure(path: path))
    }
  }

  @Test(arguments: FixtureFolder.pictures)
  func `every variant is measured whole`(_ name: String) throws {
    let found = try ImageMeasurer().measure(path: fixtures.path(name))
    #expect(found.decoding == .whole)
    #expect(found.header == (try ImageHeader.read(path: fixtures.path(name))))
  }

  @Test(arguments: DecodingTests.Case.all)
  func `luma is that of the bitmap`(_ fixture: DecodingTests.Case) throws {
    let bitmap = try Bitmap.decode(path: fixtures.path(fixture.name)).rgb()
    var sum = 0.0
    for start in stride(from: 0, to: bitmap.pixels.count, by: 3) {
      let colour = bitmap.pixels[start..<start + 3].map(Double.init)
      sum += 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]
    }
    let luma = try #require(try ImageMeasurer().measure(path: fixtures.path(fixture.name)).luma)
    // Each pixel is rounded, and JPEG's way through RGB and back costs another step.
    #expect(abs(luma.mean - sum / 35) <= 1)
  }

  @Test func `a kind that its library does not read is undecoded`() throws {
    var bytes = try fixtures.bytes("extended.webp")
    bytes[20] |= 2
    let found = try Self.measure(bytes)
    #expect(found.decoding == .undecoded("an animated WebP is not decoded"))
    #expect(found.luma == nil)
  }

  @Test func `a picture above the limit is undecoded`() throws {
    let bytes = try fixtures.bytes("rgb.png")
    #expect(
      try Self.measure(bytes, limit: 34).decoding
        == .undecoded("expected at most 34 pixels, found 7 × 5"))
  }

  @Test func `a huge claim is undecoded`() throws {
    let size: [UInt8] = [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF]
    let found = try Self.measure(OtherHeaderTests.patched("rgb.png", 16, size))
    guard case .undecoded = found.decoding else {
      Issue.record("\(found.decoding)")
      return
    }
  }

  @Test func `an empty file is truncated`() throws {
    let file = try TemporaryFile([])
    let found = try ImageMeasurer().measure(path: file.path)
    #expect(found.decoding == .truncated("at byte 0: expected 1 byte, found 0"))
    #expect(found.header == nil && found.fileSize == 0 && found.contentHash == 0)
  }

  @Test func `text is corrupt`() throws {
    #expect(
      try Self.measure(Array("<h\n".utf8)).decoding
        == .corrupt(
          "expected a JPEG, PNG, BMP, GIF, TIFF, WebP or Netpbm file, found bytes 3C 68 0A"))
  }

  @Test(
    arguments: [
      ("missing.jpg", ImageError.notFound), ("rgb.jpg/below.jpg", .notFound),
      ("", .unreadable(errno: EISDIR)),
    ])
  func `a file that cannot be read is an error`(_ name: String, _ error: ImageError) {
    #expect(throws: error) { try ImageMeasurer().measure(path: fixtures.path(name)) }
  }

  @Test(.enabled(if: geteuid() != 0))
  func `a file without permission is unreadable`() throws {
    let file = try TemporaryFile([1])
    chmod(file.path, 0)
    #expect(throws: ImageError.unreadable(errno: EACCES)) {
      try ImageMeasurer().measure(path: file.path)
    }
  }

  @Test func `a pipe is refused at once`() throws {
    let path = "/tmp/copra-measuring-pipe-\(getpid())"
    try #require(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    #expect(throws: ImageError.unsupported("expected a regular file")) {
      try ImageMeasurer().measure(path: path)
    }
  }

  @Test func `a stamp is the same with and without reading`() throws {
    let path = fixtures.path("rgb.jpg")
    #expect(try ImageMeasurer().measure(path: path).stamp == FileStamp.read(path: path))
  }
}
