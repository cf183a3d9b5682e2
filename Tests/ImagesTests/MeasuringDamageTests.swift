import TestSupport
import Testing

@testable import Images

@Suite struct MeasuringDamageTests {
  static let decodable =
    DamageTests.marked
    + ["plain", "progressive", "restarts", "cmyk", "wide", "large", "large-turned"].map {
      "measuring/\($0).jpg"
    }

  static func measure(_ bytes: [UInt8]) throws -> ImageMeasurement.Decoding {
    try MeasuringTests.measure(bytes).decoding
  }

  @Test(arguments: decodable)
  func `a picture cut anywhere is truncated`(_ name: String) throws {
    let bytes = try fixtures.bytes(name)
    for count in stride(from: 0, to: bytes.count, by: max(bytes.count / 300, 1)) {
      let found = try MeasuringTests.measure(Array(bytes[..<count]))
      guard case .truncated = found.decoding, found.luma == nil else {
        Issue.record("cut to \(count) bytes: \(found.decoding)")
        continue
      }
    }
  }

  /// Where the entropy-coded data of each scan starts, its component count and where it ends.
  private static func scans(_ bytes: [UInt8]) -> [(components: Int, data: Range<Int>)] {
    var found: [(components: Int, data: Range<Int>)] = []
    for start in bytes.indices.dropLast(3) where bytes[start] == 0xFF && bytes[start + 1] == 0xDA {
      let first = start + 2 + Int(bytes[start + 2]) << 8 + Int(bytes[start + 3])
      let end =
        bytes.indices.dropFirst(first).dropLast().first {
          bytes[$0] == 0xFF && bytes[$0 + 1] != 0 && !(0xD0...0xD7).contains(bytes[$0 + 1])
        } ?? bytes.count
      found.append((Int(bytes[start + 4]), first..<end))
    }
    return found
  }

  @Test func `damage in a scan of chroma is found`() throws {
    let bytes = try fixtures.bytes("measuring/progressive.jpg")
    let header = try #require(
      bytes.indices.dropLast().first { bytes[$0...].starts(with: [0xFF, 0xC2]) })
    let luma = bytes[header + 10]
    var tried = 0
    for scan in Self.scans(bytes) where scan.components == 1 {
      // The component that the scan is of stands before the data: 1 id and table, 3 of selection.
      guard bytes[scan.data.lowerBound - 5] != luma, scan.data.count > 8 else { continue }
      let kept = scan.data.lowerBound + scan.data.count / 4
      let decoding = try Self.measure(Array(bytes[..<kept] + bytes[scan.data.upperBound...]))
      #expect(decoding == .corrupt("corrupt JPEG data: premature end of data segment"))
      tried += 1
    }
    #expect(tried >= 2)
  }

  @Test func `a scan that lacks blocks in a whole file is corrupt`() throws {
    let bytes = try fixtures.bytes("measuring/plain.jpg")
    let scan = try #require(Self.scans(bytes).first)
    let kept = scan.data.lowerBound + scan.data.count / 2
    #expect(
      try Self.measure(Array(bytes[..<kept] + bytes[scan.data.upperBound...]))
        == .corrupt("corrupt JPEG data: premature end of data segment"))
  }

  @Test func `bytes that belong nowhere are corrupt`() throws {
    var bytes = try fixtures.bytes("measuring/plain.jpg")
    bytes.insert(contentsOf: [1, 2, 3, 4], at: bytes.count - 2)
    guard case .corrupt(let message) = try Self.measure(bytes) else {
      Issue.record("not seen")
      return
    }
    #expect(message.hasSuffix("extraneous bytes before marker 0xd9"))
  }

  @Test func `bytes behind the end are no damage`() throws {
    for name in ["measuring/plain.jpg", "measuring/rgb.png"] {
      #expect(try Self.measure(fixtures.bytes(name) + [1, 2, 3]) == .whole)
    }
  }

  @Test func `an odd revision of JFIF is no damage`() throws {
    var bytes = try fixtures.bytes("measuring/plain.jpg")
    try #require(bytes[6..<11].elementsEqual("JFIF\0".utf8))
    bytes[11] = 9
    #expect(try Self.measure(bytes) == .whole)
  }

  @Test func `a wrong checksum is corrupt`() throws {
    var bytes = try fixtures.bytes("measuring/rgb.png")
    bytes[29] ^= 1
    #expect(try Self.measure(bytes) == .corrupt("IHDR: CRC error"))
  }

  @Test(arguments: decodable)
  func `a flipped bit of APN gs pixels is corrupt`(_ name: String) throws {
    guard name.hasSuffix(".png") else { return }
    var bytes = try fixtures.bytes(name)
    // The last byte of IDAT's own checksum, before the 12 bytes of IEND.
    bytes[bytes.count - 13] ^= 1
    guard case .corrupt = try Self.measure(bytes) else {
      Issue.record("not seen")
      return
    }
  }

  @Test(arguments: 0..<20)
  func `changed bytes never crash`(_ seed: UInt64) throws {
    var generator = SeededNumbers(seed: seed)
    for _ in 0..<60 {
      let name = try #require(
        (Self.decodable + FixtureFolder.pictures).randomElement(using: &generator))
      var bytes = try fixtures.bytes(name)
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        let place = Int.random(in: bytes.indices, using: &generator)
        bytes[place] = UInt8.random(in: 0...255, using: &generator)
      }
      let found = try MeasuringTests.measure(bytes)
      #expect((found.luma != nil) == (found.decoding == .whole))
    }
  }
}
