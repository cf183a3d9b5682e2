import Testing

@testable import YAML

@Suite("Texts that are refused")
struct FaultTests {
  private static let tooDeep = "expected at most 100 levels, found more"

  private func fault(in text: String) -> YAMLError? {
    do {
      _ = try Node.compose(text)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    arguments: [
      ("a: [\n", "2:1 did not find expected node content, while parsing a flow node in 2:1"),
      ("a: b: c", "1:5 mapping values are not allowed in this context"),
      (
        "a: 'b\n",
        "2:1 found unexpected end of stream, while scanning a quoted scalar in 1:4"
      ),
      (
        "a: b\n- c\n",
        "2:1 did not find expected key, while parsing a block mapping in 1:1"
      ),
      (
        "a:\n\t- b",
        "2:1 found character that cannot start any token, while scanning for the next token in 2:1"
      ),
      ("a: *b", "1:4 found undefined alias"), ("a: &b [*b]", "1:8 found undefined alias"),
      (
        "a: 1\n---\nb: 2\n",
        "2:1 but found another document, expected a single document in the stream in 1:1"
      ),
      ("a: 1\nb: {c: 1, d: 2, c: 3}\n", "2:5 expected each key once, found c again"),
      ("b: 1\na: 1\n'b': 2\na: 2\n", "2:1 expected each key once, found a, b again"),
    ])
  func `what is wrong is reported with its place, and with the place where it began`(
    text: String, expected: String
  ) throws {
    let error = try #require(fault(in: text))
    let place = error.mark.map { "\($0.line):\($0.column)" } ?? "nowhere"
    let context = error.context.map { ", \($0.text) in \($0.mark.line):\($0.mark.column)" }
    #expect("\(place) \(error.problem)\(context ?? "")" == expected)
  }

  @Test(
    arguments: ["a: \0", "\u{1}", "\0a\0:\0 \0b", "a: b\u{FFFF}"])
  func `a character that YAML does not allow has no place`(text: String) {
    #expect(fault(in: text)?.problem == "control characters are not allowed")
    #expect(fault(in: text)?.mark == nil)
  }

  @Test(arguments: [("[", "]"), ("- ", ""), ("{a: ", "}")])
  func `a hundred levels are read`(opening: String, closing: String) {
    #expect(fault(in: nested(100, opening, closing)) == nil)
    #expect(fault(in: nested(101, opening, closing))?.problem == Self.tooDeep)
  }

  @Test(
    arguments: ["[", "- ", "{a: ", "? ", "&a [", "{? ["])
  func `a text of nothing but levels is refused`(opening: String) {
    #expect(fault(in: nested(100_000, opening))?.problem == Self.tooDeep)
  }

  private func nested(_ count: Int, _ opening: String, _ closing: String = "") -> String {
    String(repeating: opening, count: count) + String(repeating: closing, count: count)
  }

  @Test func `levels count through aliases`() throws {
    let half = nested(50, "[", "]")
    let text = "- &a \(half)\n- &b " + half.replacing("[]", with: "[*a]")
    #expect(fault(in: text)?.problem == Self.tooDeep)
    #expect(fault(in: text.replacing("[[", with: "[").replacing("]]", with: "]")) == nil)
  }

  @Test
  func `aliases of aliases are refused before they stand for more than can be walked through`()
    throws
  {
    let lines = (1...30).map { "a\($0): &a\($0) [\(Self.nine("*a\($0 - 1)"))]\n" }
    let text = "a0: &a0 [\(Self.nine("lol"))]\n" + lines.joined()
    let error = try #require(fault(in: text))
    #expect(error.problem == "expected aliases of at most 1000000 values, found more")
    #expect(error.mark?.line == 7)
  }

  private static func nine(_ word: String) -> String {
    Array(repeating: word, count: 9).joined(separator: ", ")
  }

  @Test func `every beginning of a text is read or refused`() {
    let text = """
      %YAML 1.1
      --- &a !!map
      'a': &b [1, "é\\u0041", {c: ~}]
      ? |2-
          x
      : *b
      <<: >+
        folded
      """
    for count in 0...text.unicodeScalars.count {
      _ = try? Node.compose(String(String.UnicodeScalarView(text.unicodeScalars.prefix(count))))
    }
  }

  @Test func `bytes of any kind are read or refused`() {
    var generator = SystemRandomNumberGenerator()
    let signs = Array("[]{}:,-?&*!|>'\"%@`#~\n\r\t ab1\0\u{FEFF}é".unicodeScalars)
    for _ in 0..<3000 {
      let scalars = (0..<Int.random(in: 0..<60, using: &generator)).map { _ in
        signs[Int.random(in: 0..<signs.count, using: &generator)]
      }
      _ = try? Node.compose(String(String.UnicodeScalarView(scalars)))
      let bytes = scalars.map { UInt8(truncatingIfNeeded: $0.value &* 37) }
      _ = try? Node.compose(String(decoding: bytes, as: UTF8.self))
    }
  }
}
