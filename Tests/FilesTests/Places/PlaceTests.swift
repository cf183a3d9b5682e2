import Files
import TestSupport
import Testing

@Suite("Places")
struct PlaceTests {
  private static func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
    let units = [0xFEFF] + Array(text.utf16)
    return units.flatMap { unit in
      let bytes = [UInt8(unit & 255), UInt8(unit >> 8)]
      return bigEndian ? bytes.reversed() : bytes
    }
  }

  static let text = "one\né🥥x\r\n\r\nlast"

  static let cases: [(name: String, bytes: [UInt8], offset: Int, place: String)] = [
    ("the beginning", Array(text.utf8), 0, "1:1"),
    ("a line end", Array(text.utf8), 3, "1:4"),
    ("the next line", Array(text.utf8), 4, "2:1"),
    ("behind two bytes", Array(text.utf8), 6, "2:2"),
    ("behind four bytes", Array(text.utf8), 10, "2:3"),
    ("CR", Array(text.utf8), 11, "2:4"),
    ("an empty line", Array(text.utf8), 13, "3:1"),
    ("the last line", Array(text.utf8), 15, "4:1"),
    ("the last byte", Array(text.utf8), 18, "4:4"),
    ("the end", Array(text.utf8), 19, "4:5"),
    ("past the end", Array(text.utf8), 1000, "4:5"),
    ("an empty file", [], 0, "1:1"),
    ("a byte order mark", [0xEF, 0xBB, 0xBF, 0x61, 0x0A, 0x62], 0, "1:1"),
    ("behind a byte order mark", [0xEF, 0xBB, 0xBF, 0x61, 0x0A, 0x62], 3, "1:1"),
    ("a line behind a byte order mark", [0xEF, 0xBB, 0xBF, 0x61, 0x0A, 0x62], 5, "2:1"),
    ("UTF-16", utf16(text, bigEndian: false), 2, "1:1"),
    ("UTF-16, second line", utf16(text, bigEndian: false), 10, "2:1"),
    ("UTF-16 behind a pair", utf16(text, bigEndian: false), 16, "2:3"),
    ("UTF-16, last line", utf16(text, bigEndian: false), 28, "4:2"),
    ("UTF-16, the other order", utf16(text, bigEndian: true), 16, "2:3"),
    ("UTF-16, the other order, last line", utf16(text, bigEndian: true), 28, "4:2"),
    ("UTF-16 of odd length", [0xFF, 0xFE, 0x61, 0x00, 0x62], 4, "1:2"),
    ("no newline but a unit with its byte", [0xFF, 0xFE, 0x0A, 0x01, 0x62, 0x00], 4, "1:2"),
  ]

  @Test(arguments: cases)
  func `an offset has the line and column that people count`(
    _ sample: (name: String, bytes: [UInt8], offset: Int, place: String)
  ) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(sample.bytes, to: "a.json")
    var finder = PlaceFinder(Sources([path]))
    let place = finder.place(of: Origin(file: 0, offset: sample.offset))
    #expect("\(place.line):\(place.column)" == sample.place)
    #expect(place.path == path)
  }

  @Test func `one finder serves several files in any order`() throws {
    let folder = try TemporaryFolder()
    let paths = [
      try folder.write(Array("a\nb".utf8), to: "a"), try folder.write(Array("aaaa".utf8), to: "b"),
      "\(folder.path)/gone",
    ]
    var finder = PlaceFinder(Sources(paths))
    let origins = [(0, 2), (1, 3), (0, 0), (2, 9), (1, 0)].map { Origin(file: $0.0, offset: $0.1) }
    let places = origins.map { finder.place(of: $0) }
    #expect(places.map { "\($0.line):\($0.column)" } == ["2:1", "1:4", "1:1", "1:1", "1:1"])
    #expect(places[3].description == "\(folder.path)/gone:1:1")
  }

  @Test(
    arguments: [
      (0, 0), (1, 1), ((1 << 24) - 1, 0), (0, (1 << 40) - 1), ((1 << 24) - 1, (1 << 40) - 1),
    ])
  func `an origin keeps its file and offset up to its limits`(file: Int, offset: Int) {
    let origin = Origin(file: file, offset: offset)
    #expect(origin.file == file)
    #expect(origin.offset == offset)
    #expect(MemoryLayout<Origin>.size == 8)
  }

  @Test func `files are numbered in the order in which they are added`() {
    var sources = Sources(["a"])
    #expect(sources.add("b") == 1)
    #expect(sources.add(["c", "d"]) == 2)
    #expect(sources.add([String]()) == 4)
    #expect(sources.paths == ["a", "b", "c", "d"])
  }
}
