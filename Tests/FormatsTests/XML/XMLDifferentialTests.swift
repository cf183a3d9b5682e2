import TestSupport
import Testing

@testable import Formats

/// Files of all kinds, read with the scanner of plain files before expat and with expat alone.
@Suite struct XMLDifferentialTests {
  private static let file = """
    <annotation>\r
    \t<filename>a b.png</filename><size><width>32</width><depth/></size>
     <object><name> crab\n</name>x<pose></pose><bndbox><xmin>1.5</xmin></bndbox></object>\n\
    </annotation>

    """

  /// What is put anywhere into a file: markup of every kind, and bytes that UTF-8 has not.
  private static let insertions: [[UInt8]] = markup.map { Array($0.utf8) } + bytes
  private static let bytes: [[UInt8]] = [[0x80], [0xC3], [0xFF, 0xFE], [0xED, 0xA0, 0x80]]
  private static let markup = [
    "<", ">", "/", "&", "]", "]]>", "\r", "\r\n", "\n", " ", "=", ":", "\0", "\u{1}", "\u{7F}", "é",
    "\u{FFFE}", "&amp;", "&#65;", "&b;", "<!-- c -->", "<!---->", "<![CDATA[<c>]]>", "<?c d?>",
    "<c/>", "<c></c>", "<c>", "</c>", "</object>", "<object>", "</annotation>", "<c d='e'/>",
    "<c />", "<!DOCTYPE c>", "<?xml version='1.0'?>", "\u{FEFF}",
  ]

  private let both = XMLReader()
  private let expat = XMLReader(usesExpatAlone: true)

  private func expectSame(_ bytes: [UInt8]) {
    let read = XMLReading(both, bytes)
    let meant = XMLReading(expat, bytes)
    // Written out only where they differ: there are thousands.
    if read != meant {
      Issue.record("\(String(decoding: bytes, as: UTF8.self)): read \(read), meant \(meant)")
    }
  }

  @Test func `a file cut at any byte reads as with expat alone`() {
    let bytes = Array(Self.file.utf8)
    for count in 0...bytes.count { expectSame(Array(bytes[..<count])) }
  }

  @Test func `a file without any one byte reads as with expat alone`() {
    for index in Self.file.utf8.indices {
      var bytes = Array(Self.file.utf8)
      bytes.remove(at: Self.file.utf8.distance(from: Self.file.utf8.startIndex, to: index))
      expectSame(bytes)
    }
  }

  @Test(arguments: insertions)
  func `a file with something put in anywhere reads as with expat alone`(insertion: [UInt8]) {
    let bytes = Array(Self.file.utf8)
    for index in 0...bytes.count {
      expectSame(Array(bytes[..<index]) + insertion + Array(bytes[index...]))
    }
  }

  @Test(arguments: UInt64(0)..<8)
  func `generated files read as with expat alone`(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    for _ in 0..<200 {
      var bytes = Array(Self.element(depth: 0, using: &numbers).utf8)
      expectSame(bytes)
      for _ in 0..<3 {
        let index = Int.random(in: 0..<bytes.count, using: &numbers)
        bytes[index] = UInt8.random(in: 0...255, using: &numbers)
        expectSame(bytes)
      }
    }
  }

  /// An element with random text and elements in it.
  private static func element(
    depth: Int, using numbers: inout SeededNumbers
  ) -> String {
    let name = ["a", "object", "x1", "_b-c.d"].randomElement(using: &numbers) ?? "a"
    if depth > 3 || Int.random(in: 0..<4, using: &numbers) == 0 { return "<\(name)/>" }
    var content = ""
    for _ in 0..<Int.random(in: 0..<5, using: &numbers) {
      let isText = Bool.random(using: &numbers)
      content +=
        isText
        ? ["1", " crab ", "\n\t", "\r\n", "a>b", "&lt;", "é"].randomElement(using: &numbers) ?? ""
        : element(depth: depth + 1, using: &numbers)
    }
    return "<\(name)>\(content)</\(name)>"
  }
}
