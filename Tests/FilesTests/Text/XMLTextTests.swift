import Files
import Testing

struct XMLTextTests {
  @Test(
    arguments: [
      ("plain é 🦀", "plain é 🦀"), ("a & b < c > d", "a &amp; b &lt; c &gt; d"), ("]]>", "]]&gt;"),
      ("\"a\"\n\tb\r", "\"a\"\n\tb&#13;"),
    ])
  func `text is escaped`(text: String, escaped: String) {
    #expect(XMLText.escaped(text) == (escaped, true))
  }

  @Test func `attributes keep their quotes and line ends`() {
    #expect(
      XMLText.escaped("\"a\"\n\tb\r\n", inAttribute: true)
        == ("&quot;a&quot;&#10;&#9;b&#13;&#10;", true))
  }

  @Test(arguments: ["\0", "\u{1B}", "\u{FFFE}", "\u{FFFF}"])
  func `what XML cannot hold is replaced`(character: String) {
    #expect(XMLText.escaped("a\(character)b") == ("a\u{FFFD}b", false))
  }
}
