import Files
import Testing

struct TextSearchTests {
  @Test(arguments: [
    ("http://sea", "://", 4), ("::://", "://", 2), ("://", "://", 0), ("crab", "crabs", nil),
    ("", "a", nil), ("crab", "", 0), ("übergroß", "groß", 5),
  ])
  func `a text is found where its bytes first stand`(text: String, sought: String, offset: Int?) {
    let range = text.firstRange(ofBytes: sought)
    #expect(range.map { text.utf8.distance(from: text.startIndex, to: $0.lowerBound) } == offset)
    #expect(range.map { text[$0] == sought } ?? true)
    #expect(text.includes(sought) == (offset != nil))
  }

  @Test func `a part of a text is searched from its own start`() {
    let rest = "a.rf.b.rf.c".dropFirst(2)
    let range = rest.firstRange(ofBytes: ".rf.")
    #expect(range.map { rest[$0.upperBound...] } == "c")
  }

  @Test func `a letter is found although a mark follows that changes it`() {
    #expect("cafe\u{301}".includes("cafe"))
  }
}
