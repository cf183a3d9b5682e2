import Images
import TestSupport
import Testing

@Suite struct DamageTests {
  /// Those that end in a marker.
  static let marked = FixtureFolder.pictures.filter { name in
    [".jpg", ".png", ".gif"].contains { name.hasSuffix($0) }
  }
  /// Those whose end may be no part of the pixels. Numbers in words may lose digits unseen.
  static let unmarked = FixtureFolder.pictures.filter {
    !marked.contains($0) && !$0.hasPrefix("text.")
  }

  @Test(arguments: FixtureFolder.pictures)
  func `a header cut anywhere is read or refused`(_ name: String) throws {
    let bytes = try fixtures.bytes(name)
    let whole = try ImageHeader.parse(bytes)
    for count in 0..<bytes.count {
      do throws(ImageError) {
        let header = try ImageHeader.parse(Array(bytes[..<count]))
        #expect([header.width, header.height] == [whole.width, whole.height])
      } catch {
        guard case .truncated(_, _?) = error else {
          Issue.record("cut to \(count) bytes: \(error)")
          continue
        }
      }
    }
  }

  @Test(arguments: marked)
  func `a picture cut anywhere is truncated`(_ name: String) throws {
    let bytes = try fixtures.bytes(name)
    for count in 0..<bytes.count {
      #expect {
        try Bitmap.decode(Array(bytes[..<count]))
      } throws: { error in
        guard case .truncated? = error as? ImageError else { return false }
        return true
      }
    }
  }

  @Test(arguments: unmarked)
  func `a picture cut anywhere is truncated or whole`(_ name: String) throws {
    let bytes = try fixtures.bytes(name)
    let whole = try Bitmap.decode(bytes)
    for count in 0..<bytes.count {
      do throws(ImageError) {
        #expect(try Bitmap.decode(Array(bytes[..<count])) == whole)
      } catch {
        guard case .truncated = error else {
          Issue.record("cut to \(count) bytes: \(error)")
          continue
        }
      }
    }
  }

  @Test(arguments: FixtureFolder.pictures)
  func `a picture above the limit is refused`(_ name: String) throws {
    let bytes = try fixtures.bytes(name)
    #expect(throws: ImageError.tooLarge(width: 7, height: 5, limit: 34)) {
      try Bitmap.decode(bytes, pixelLimit: 34)
    }
    #expect(throws: Never.self) { try Bitmap.decode(bytes, pixelLimit: 35) }
  }

  @Test func `the largest claim is refused`() throws {
    let side = 0x7FFF_FFFF
    let size: [UInt8] = [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF]
    let bytes = try OtherHeaderTests.patched("rgb.png", 16, size)
    #expect(throws: ImageError.tooLarge(width: side, height: side, limit: 1 << 28)) {
      try Bitmap.decode(bytes)
    }
    #expect(throws: ImageError.tooLarge(width: side, height: side, limit: 1 << 28)) {
      try LabelImage.decode(bytes)
    }
  }

  @Test func `a wrong checksum is corrupt`() throws {
    let bytes = try OtherHeaderTests.patched("rgb.png", 29, [0, 0, 0, 0])
    #expect(throws: ImageError.corrupt("IHDR: CRC error")) { try Bitmap.decode(bytes) }
  }

  @Test(arguments: [UInt8]([0xC3, 0xC5, 0xCB]))
  func `processes unknown to the library are unsupported`(_ marker: UInt8) throws {
    var bytes = try fixtures.bytes("rgb.jpg")
    let frame = try #require(bytes.indices.first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 })
    bytes[frame + 1] = marker
    #expect {
      try Bitmap.decode(bytes)
    } throws: { error in
      guard case .unsupported? = error as? ImageError else { return false }
      return true
    }
  }

  @Test(arguments: 0..<20)
  func `changed bytes never crash`(_ seed: UInt64) throws {
    var generator = SeededNumbers(seed: seed)
    for _ in 0..<100 {
      let name = try #require(FixtureFolder.pictures.randomElement(using: &generator))
      var bytes = try fixtures.bytes(name)
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        let place = Int.random(in: bytes.indices, using: &generator)
        bytes[place] = UInt8.random(in: 0...255, using: &generator)
      }
      _ = try? ImageHeader.parse(bytes)
      _ = try? Bitmap.decode(bytes, pixelLimit: 1 << 20)
      _ = try? LabelImage.decode(bytes, pixelLimit: 1 << 20)
    }
  }

  @Test(arguments: 0..<20)
  func `noise behind a signature never crashes`(_ seed: UInt64) throws {
    var generator = SeededNumbers(seed: seed)
    for _ in 0..<100 {
      let name = try #require(FixtureFolder.pictures.randomElement(using: &generator))
      var bytes = Array(try fixtures.bytes(name).prefix(Int.random(in: 0...40, using: &generator)))
      for _ in 0..<Int.random(in: 0...300, using: &generator) {
        bytes.append(UInt8.random(in: 0...255, using: &generator))
      }
      _ = try? ImageHeader.parse(bytes)
      _ = try? Bitmap.decode(bytes, pixelLimit: 1 << 20)
    }
  }
}
