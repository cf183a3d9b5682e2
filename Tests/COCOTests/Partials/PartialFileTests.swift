import TestSupport
import Testing

@testable import COCO

@Suite("Files of partial results")
struct PartialFileTests {
  private let folder: TemporaryFolder
  private static let header = PartialHeader(
    verb: "count", parameters: ["depth": 3], pictures: digest,
    cover: Shard("2/4").map(ShardCover.init))

  private static var digest: PictureDigest {
    var digest = PictureDigest()
    digest.add(imageID: 7)
    return digest
  }

  init() throws {
    folder = try TemporaryFolder()
  }

  private static func bytes(_ numbers: Range<UInt64> = 0..<300_000) throws -> [UInt8] {
    var bytes: [UInt8] = []
    let writer = try PartialWriter(header) { bytes += $0 }
    try writer.begin("numbers")
    for number in numbers { try writer.append { $0.append(variable: number) } }
    try writer.begin("words")
    try writer.append(Array("beach".utf8))
    try writer.finish()
    return bytes
  }

  @Test func `header and sections are read as they were written`() throws {
    let file = try PartialFile(folder.write(try Self.bytes(), to: "a.json"))
    #expect(file.header == Self.header)
    let numbers = try file.section("numbers")
    var cursor = numbers.cursor()
    #expect((0..<300_000).allSatisfy { cursor.variable() == $0 })
    #expect(cursor.isAtEnd)
    #expect(try file.section("words").string == "beach")
    #expect(try file.section("others").count == 0)
  }

  @Test func `a file that is cut anywhere is refused`() throws {
    let bytes = try Self.bytes(0..<50)
    for count in 1..<bytes.count {
      let path = try folder.write(bytes[..<count], to: "a.json")
      #expect(throws: PartialFault.self) { try PartialFile(path) }
    }
  }

  @Test func `a file of which any byte is another is refused, when it is opened or read`() throws {
    let bytes = try Self.bytes(0..<50)
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 0x20
      let path = try folder.write(changed, to: "a.json")
      #expect(throws: PartialFault.self) {
        let file = try PartialFile(path)
        _ = try file.section("numbers")
        _ = try file.section("words")
        // A section of another name is not there.
        if try file.section("numbers").count == 0 || file.section("words").count == 0 {
          throw PartialFault.damaged
        }
      }
    }
  }

  @Test(arguments: ["", "{}", "copra", "[1, 2]"])
  func `another file is no partial result`(text: String) throws {
    let path = try folder.write(text.utf8, to: "a.json")
    #expect(throws: (any Error).self) { try PartialFile(path) }
  }

  @Test func `results of another version are refused by it`() throws {
    #expect(throws: PartialFault.version(2)) {
      try PartialHeader(["copra": "partial result", "version": 2])
    }
  }

  @Test func `a cursor past the end gives 0 and says so`() throws {
    let file = try PartialFile(folder.write(try Self.bytes(0..<3), to: "a.json"))
    var cursor = try file.section("words").cursor(at: 4)
    #expect(cursor.integer(Int.self) == 0)
    #expect(cursor.isPastEnd)
  }
}
