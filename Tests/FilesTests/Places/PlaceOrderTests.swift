import Files
import Foundation
import TestSupport
import Testing

struct PlaceOrderTests {
  @Test func `places are the same in whatever order they are asked for`() throws {
    let file = try TemporaryFile("é{é}\nab\n".utf8)
    let sources = Sources([file.path])
    let offsets = [5, 0, 3, 8, 2, 7, 3, 0]
    var finder = PlaceFinder(sources)
    let together = offsets.map { finder.place(of: Origin(file: 0, offset: $0)) }
    let alone = offsets.map { offset in
      var finder = PlaceFinder(sources)
      return finder.place(of: Origin(file: 0, offset: offset))
    }
    #expect(together == alone)
    #expect(together.map(\.column) == [4, 1, 3, 2, 2, 1, 3, 1])
  }

  @Test(
    arguments: [
      ("one line", [], "é"), ("lines", [], "é123456\n"),
      ("a byte order mark", [UInt8]([0xEF, 0xBB, 0xBF]), "🥥ab\r\n"),
    ])
  func `places far into a file are those of a count from its beginning`(
    name: String, mark: [UInt8], part: String
  ) throws {
    let folder = try TemporaryFolder()
    let unit = Array(part.utf8)
    let bytes = mark + (0..<(300_000 / unit.count)).flatMap { _ in unit }
    let path = try folder.write(bytes, to: "a.json")
    var finder = PlaceFinder(Sources([path]))
    // The edges of blocks, and back again.
    for offset in [65535, 65536, 65537, 131_075, 262_144, 299_000, 70_000, 4, bytes.count] {
      let before = bytes[mark.count..<max(offset, mark.count)]
      let start = (before.lastIndex(of: 0x0A) ?? mark.count - 1) + 1
      let place = finder.place(of: Origin(file: 0, offset: offset))
      #expect(place.line == 1 + before.count { $0 == 0x0A })
      #expect(place.column == 1 + bytes[start..<max(offset, start)].count { $0 & 0xC0 != 0x80 })
    }
  }
}
