import Testing

@testable import YAML

@Suite("What YAML holds")
struct NodeTests {
  /// The node as text: lists in brackets, mappings in braces.
  static func words(_ node: Node?) -> String {
    guard let node else { return "nothing" }
    switch node.content {
    case .scalar(let scalar): return scalar.string
    case .sequence(let nodes): return "[\(nodes.map(words).joined(separator: ", "))]"
    case .mapping(let pairs):
      let written = pairs.map { "\(words($0.key)): \(words($0.value))" }
      return "{\(written.joined(separator: ", "))}"
    }
  }

  @Test(
    arguments: [
      ("a: 1\nb: [x, {y: z}]\n", "{a: 1, b: [x, {y: z}]}"), ("- 1\n- - 2\n  - 3\n", "[1, [2, 3]]"),
      ("word", "word"),
      ("'it''s'", "it's"), ("\"a\\tb\\u00e9\"", "a\tbé"),
      ("|\n  a\n  b\n", "a\nb\n"),
      (">\n  a\n  b\n", "a b\n"), ("a:\n", "{a: }"), ("? [k]\n: v\n", "{[k]: v}"),
      ("\u{FEFF}a: b", "{a: b}"), ("{\"findings\": [\n{\"count\":1}]}", "{findings: [{count: 1}]}"),
      ("--- !!map\n!!str a: !x b\n...\n", "{a: b}"), ("a: b\r\nc: d\r\n", "{a: b, c: d}"),
    ])
  func `scalars, sequences and mappings nest as they are written`(text: String, expected: String)
    throws
  {
    #expect(try Self.words(Node.compose(text)) == expected)
  }

  @Test(
    arguments: ["", " ", "\n\n", "# remark\n", "\u{FEFF}"])
  func `a text without a document is nothing`(text: String) throws {
    #expect(try Node.compose(text) == nil)
  }

  @Test func `an empty document is an empty scalar`() throws {
    #expect(try Self.words(Node.compose("---\n")) == "")
  }

  @Test func `places are lines and columns from 1, which count Unicode scalars`() throws {
    let mapping = try #require(Node.compose("é😀: {\"e\u{301}\": b}\nc:\n  - d\n")?.mapping)
    let inner = try #require(mapping[0].value.mapping)
    let marks = [mapping[0].key, mapping[0].value, inner[0].key, inner[0].value, mapping[1].value]
      .map(\.mark)
    let places = [(1, 1), (1, 5), (1, 6), (1, 12), (3, 3)]
    #expect(marks == places.map { Mark(line: $0.0, column: $0.1) })
  }

  @Test(
    arguments: [
      ("true", true, false), ("'true'", false, true), ("\"true\"", false, true),
      ("|\n  true", false, true), ("!!str true", true, true), ("!!bool \"true\"", false, false),
    ])
  func `what is text whatever it reads like has quotes, or a tag that says so`(
    text: String, isPlain: Bool, isText: Bool
  ) throws {
    let scalar = try #require(Node.compose(text)?.scalar)
    #expect(scalar.isPlain == isPlain)
    #expect(scalar.isText == isText)
  }

  @Test func `a value is found by its key, quoted or not`() throws {
    let mapping = try #require(Node.compose("a: 1\n\"b\": 2\n3: c\n")?.mapping)
    #expect(["a", "b", "3", "c"].map { mapping[$0]?.string } == ["1", "2", "c", nil])
    #expect(mapping.keys.compactMap(\.string) == ["a", "b", "3"])
    #expect(mapping.values.compactMap(\.string) == ["1", "2", "c"])
  }

  @Test func `an alias is what was last anchored, a merge key a key`() throws {
    let text = "a: &x [1]\nb: *x\nc: &x {k: v}\n<<: *x\n"
    #expect(try Self.words(Node.compose(text)) == "{a: [1], b: [1], c: {k: v}, <<: {k: v}}")
  }

  @Test func `NUL stands in a text where it is escaped`() throws {
    #expect(try Node.compose("\"a\\0b\"")?.string == "a\0b")
  }
}
