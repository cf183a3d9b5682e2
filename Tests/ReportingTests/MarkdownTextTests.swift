import Testing

@testable import Reporting

struct MarkdownTextTests {
  @Test(
    arguments: [
      ("plain, text: 5", "plain, text: 5"), ("a|b", "a\\|b"), ("<b> & `c`", "\\<b\\> \\& \\`c\\`"),
      ("a\\|b", "a\\\\\\|b"), ("a\nb\u{1B}", "a\\\\nb\\\\u{1b}"),
      ("snake_case*", "snake\\_case\\*"),
    ])
  func `markup is escaped`(text: String, escaped: String) {
    #expect(MarkdownText.escaped(text) == escaped)
  }

  @Test(
    arguments: [
      ("a.xml:1:2", "`a.xml:1:2`"), ("a`b", "a\\`b"), ("a|b", "a\\|b"), ("a\\", "a\\\\"), ("", ""),
      ("a_b <c>", "`a_b <c>`"),
    ])
  func `code is set as code where it can`(text: String, code: String) {
    #expect(MarkdownText.code(text) == code)
  }

  @Test(
    arguments: [
      ("a `b_c` d_e", "a `b_c` d\\_e"), ("`a` `b`", "`a` `b`"), ("it's 5` long", "it's 5\\` long"),
      ("- one\n- <two>", "- one\n- \\<two\\>"), ("`a``b", "`a`\\`b"),
      ("`a|b`", "a\\|b"),
    ])
  func `prose keeps its code`(text: String, prose: String) {
    #expect(MarkdownText.prose(text) == prose)
  }

  @Test func `a block is fenced by more than stands in it`() {
    #expect(MarkdownText.block("a\n````\u{1B}") == "`````text\na\n````\\u{1b}\n`````\n")
  }

  @Test(
    arguments: [
      ("one two three", 7, "one two\nthree"), ("one\ntwo", 10, "one two"),
      ("one\n\ntwo", 10, "one\n\ntwo"), ("- one two\n- three", 7, "- one\n  two\n- three"),
      ("incompressible", 5, "incompressible"), ("", 5, ""), ("螃蟹 螃蟹", 8, "螃蟹\n螃蟹"),
    ])
  func `words are wrapped`(text: String, width: Int, wrapped: String) {
    #expect(text.wrapped(to: width) == wrapped)
  }
}
