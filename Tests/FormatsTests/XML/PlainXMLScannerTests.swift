import Testing

@testable import Formats

@Suite struct PlainXMLScannerTests {
  /// Whether the scanner reads the file by itself.
  private func scans(_ text: String) -> Bool {
    scans(Array(text.utf8))
  }

  private func scans(_ bytes: [UInt8]) -> Bool {
    let reader = XMLReader()
    let document = reader.document
    let copy = document.copy(of: bytes)
    document.begin(copy)
    return PlainXMLScanner.read(copy, into: &document.content.pointee, deepest: 200)
  }

  @Test(arguments: [
    VOCFixture.text(), VOCFixture.text { $0.more = "<source>\n\t<database/>\r\n</source>" },
    "<a/>", "<a></a>", " \r\n\t<a> x > y [0 'q' \"q\" </a>\n\n", "<a>1<b>2</b>3<c/>4</a>",
    "<_A-b.9>~</_A-b.9>",
  ])
  func `a plain file is read without expat`(text: String) {
    #expect(scans(text))
  }

  @Test(arguments: [
    "", " ", "a", "<", "<a", "<a>", "<a/", "<a></a", "<a></b>", "<a></ab>", "<a></a></a>",
    "<a/><b/>", "<a/>x", "x<a/>", "<1/>", "<a:b/>", "<a />", "<a></a >", "<a b='c'/>",
    "<a>&amp;</a>", "<a>]]></a>", "<a>]</a>", "<a><!-- --></a>", "<a><![CDATA[b]]></a>",
    "<a><?b?></a>", "<?xml version='1.0'?><a/>", "<!DOCTYPE a><a/>", "<a>\u{1}</a>", "<a>\0</a>",
    "<a>\u{7F}</a>", "<a>é</a>", "<é/>", "\u{FEFF}<a/>", "<a>1\r\n2</a>",
  ])
  func `a file that is not plain is left to expat`(text: String) {
    #expect(!scans(text))
  }

  @Test(arguments: [(199, true), (200, false)])
  func `elements more than 200 deep in one another are left to expat`(depth: Int, isRead: Bool) {
    let opening = String(repeating: "<a>", count: depth)
    let closing = String(repeating: "</a>", count: depth)
    #expect(scans(opening + "<b/>" + closing) == isRead)
    #expect(scans(opening + "<b></b>" + closing) == isRead)
  }

  @Test func `UTF-16 is left to expat`() {
    #expect(!scans([0xFF, 0xFE] + "<a/>".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }))
  }
}
