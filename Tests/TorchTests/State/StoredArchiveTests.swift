import CZlib
import TestSupport
import Testing

@testable import Torch

@Suite struct StoredArchiveTests {
  /// `small.pth` with some bytes of an entry's record in the directory replaced.
  private func patched(_ offset: Int, _ bytes: [UInt8]) throws -> [UInt8] {
    var file = try fixtures.bytes("small.pth")
    let signature: [UInt8] = [0x50, 0x4B, 0x01, 0x02]
    let record = try #require(
      file.indices.dropLast(3).first { Array(file[$0..<$0 + 4]) == signature })
    file.replaceSubrange(record + offset..<record + offset + bytes.count, with: bytes)
    return file
  }

  @Test func `compressed entries are refused`() throws {
    #expect(
      try refusal(of: patched(10, [8, 0]))
        == "expected stored entries, found 'small/data.pkl' compressed (method 8)")
  }

  @Test func `encrypted entries are refused`() throws {
    #expect(
      try refusal(of: patched(8, [1, 8]))
        == "expected entries without a password, found 'small/data.pkl' with one")
  }

  @Test func `an entry larger than the file is refused`() throws {
    let message = try refusal(of: patched(20, [0xF0, 0xFF, 0xFF, 0x7F, 0xF0, 0xFF, 0xFF, 0x7F]))
    #expect(message?.hasPrefix("expected 2147483632 bytes of entry 'small/data.pkl'") == true)
  }

  @Test func `an entry beyond the file is refused`() throws {
    let message = try refusal(of: patched(42, [0xF0, 0xFF, 0xFF, 0x7F]))
    #expect(message?.hasPrefix("expected entry 'small/data.pkl' within") == true)
  }

  @Test func `an entry that is not where the directory says is refused`() throws {
    #expect(
      try refusal(of: patched(42, [1, 0, 0, 0]))
        == "expected entry 'small/data.pkl' at byte 1, found something else")
  }

  @Test func `damaged bytes are refused`() throws {
    let message = try refusal(of: patched(16, [1, 2, 3, 4]))
    #expect(
      message?.hasPrefix("expected the checksum 04030201 of entry 'small/data.pkl', found") == true)
    var file = try ArchiveFixture.large(["a/data.pkl": [0x80, 0x02, 0x7D, 0x2E]])
    let place = try #require(file.firstIndex(of: 0x7D))
    file[place] = 0x7E
    #expect(try refusal(of: file)?.hasSuffix(": the file is damaged") == true)
  }

  @Test func `a directory beyond the file is refused`() throws {
    var file = try fixtures.bytes("small.pth")
    file.replaceSubrange(file.count - 6..<file.count - 2, with: [0xF0, 0xFF, 0xFF, 0x7F])
    // Without the record of a large archive, which has the same number.
    let locator: [UInt8] = [0x50, 0x4B, 0x06, 0x07]
    if Array(file[file.count - 42..<file.count - 38]) == locator { file[file.count - 42] = 0 }
    #expect(try refusal(of: file)?.hasPrefix("expected a directory within") == true)
  }

  @Test func `a large archives directory is found`() throws {
    let file = try ArchiveFixture.large(["a/data.pkl": [0x80, 0x02, 0x7D, 0x2E]])
    #expect(try refusal(of: file) == nil)
  }

  @Test func `another byte order is refused`() throws {
    let file = try ArchiveFixture.large([
      "a/byteorder": Array("big".utf8), "a/data.pkl": [0x80, 0x02, 0x7D, 0x2E],
    ])
    #expect(try refusal(of: file) == "expected the byte order 'little', found 'big'")
  }

  @Test func `an archive without a description is refused`() throws {
    let file = try ArchiveFixture.large(["a/data/0": []])
    #expect(try refusal(of: file) == "expected one data.pkl in a folder of the archive, found 0")
  }

  @Test func `an archive with two descriptions is refused`() throws {
    let file = try ArchiveFixture.large(["a/data.pkl": [], "b/data.pkl": []])
    #expect(try refusal(of: file) == "expected one data.pkl in a folder of the archive, found 2")
  }

  @Test func `a comment behind the directory is passed over`() throws {
    var file = try ArchiveFixture.large(["a/data.pkl": [0x80, 0x02, 0x7D, 0x2E]])
    file[file.count - 2] = 3
    #expect(try refusal(of: file + Array("abc".utf8)) == nil)
  }
}

/// Archives whose every number stands in 64 bits, as those above 4 GiB have them.
enum ArchiveFixture {
  static func large(_ entries: KeyValuePairs<String, [UInt8]>) throws -> [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for (name, contents) in entries {
      let start = file.count
      let size = UInt64(contents.count)
      file += number(UInt32(0x0403_4B50)) + [UInt8](repeating: 0, count: 22)
      file += number(UInt16(name.utf8.count)) + number(UInt16(0)) + Array(name.utf8) + contents
      directory += number(UInt32(0x0201_4B50)) + [UInt8](repeating: 0, count: 12)
      directory += number(UInt32(crc32(0, contents, UInt32(contents.count))))
      directory += number(UInt32.max) + number(UInt32.max) + number(UInt16(name.utf8.count))
      directory += number(UInt16(28)) + [UInt8](repeating: 0, count: 10) + number(UInt32.max)
      directory += Array(name.utf8) + number(UInt16(1)) + number(UInt16(24))
      directory += number(size) + number(size) + number(UInt64(start))
    }
    let (start, end) = (file.count, file.count + directory.count)
    file += directory
    file += number(UInt32(0x0606_4B50)) + number(UInt64(44)) + [UInt8](repeating: 0, count: 12)
    file += number(UInt64(entries.count)) + number(UInt64(entries.count))
    file += number(UInt64(directory.count)) + number(UInt64(start))
    file += number(UInt32(0x0706_4B50)) + number(UInt32(0)) + number(UInt64(end))
    file += number(UInt32(1)) + number(UInt32(0x0605_4B50)) + number(UInt32(0))
    file += number(UInt32.max) + number(UInt32.max) + number(UInt32.max) + number(UInt16(0))
    return file
  }

  private static func number(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}
