import Testing

@testable import Images

@Suite("Lines of text")
struct TextLineTests {
  @Test(
    arguments: [
      ("e\u{301}tude", "étude"), ("zero\u{200B}width", "zerowidth"), ("a\u{202E}b\u{202C}", "ab"),
      ("a\u{300}\u{301}\u{302}\u{303}", "à"), ("tab\tline\nend", "tab line end"),
      ("\u{FEFF}soft\u{AD}", "soft"),
    ])
  func `what has no width of its own takes none`(text: String, plain: String) {
    #expect(TextLine(text, size: 20).width == TextLine(plain, size: 20).width)
  }

  @Test(
    arguments: ["漢", "א", "😀", "\u{7}"])
  func `a character that the typeface lacks stands as a box with its code`(text: String) {
    let line = TextLine(text, size: 20)
    #expect(line.width > 8 && line.width < 30)
    #expect(line.outline.rings.count > 5)
  }

  @Test(arguments: [40.0, 100, 400])
  func `a long line is cut with an ellipsis to what fits`(limit: Double) {
    let line = TextLine(String(repeating: "wide ", count: 60), size: 13, limit: limit)
    #expect(line.isCut)
    #expect(line.width <= limit && line.width > limit - 25)
    #expect(!TextLine("short", size: 13, limit: limit).isCut)
  }

  @Test func `letters of every alphabet that is held stand within their line`() {
    for text in ["Ångström", "Ελληνικά", "Русский", "Łódź", "ﬁ €5 „so“"] {
      let line = TextLine(text, size: 30)
      let ys = line.outline.rings.joined().map(\.y)
      #expect((ys.min() ?? -.infinity) >= -line.ascent && (ys.max() ?? .infinity) <= line.descent)
    }
  }

  @Test func `black text on white darkens the pixels of its letters`() {
    var canvas = Canvas(width: 40, height: 20, colour: .white)
    canvas.draw(TextLine("I", size: 16), at: Point(x: 4, y: 16), .black)
    let picture = canvas.bitmap
    let rows = (0..<20).filter { y in (0..<40).contains { picture[x: $0, y: y] < 200 } }
    #expect(rows == Array(4..<16))
  }
}
