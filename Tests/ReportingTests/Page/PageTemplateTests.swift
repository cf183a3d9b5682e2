import Testing

@testable import Reporting

@Suite("Templates of pages")
struct PageTemplateTests {
  private struct Crab {
    var name: String
    var legs = 10
    var isRed = false
    var shell: Shell?
    var eggs: [Int] = []
  }

  private struct Shell {
    var name: String
    var hue: Hue
  }

  private struct Hue {
    var name: String
  }

  private struct Beach {
    var name = "beach"
    var shell: Shell? = Shell(name: "sand", hue: Hue(name: "beige"))
    var crabs: [Crab] = []
    var notes: [String] = []
  }

  private func render(
    _ template: String, _ value: Any, parts: [String: String] = [:]
  ) throws -> String {
    try PageTemplate(template, parts: parts).render(value)
  }

  @Test func `a value is escaped, unless three braces say that it is markup`() throws {
    let crab = Crab(name: "<b title='\"&\u{7}'>")
    #expect(
      try render("{{name}} {{{name}}}", crab)
        == "&lt;b title=&#39;&quot;&amp;\u{FFFD}&#39;&gt; <b title='\"&\u{7}'>")
  }

  @Test func `a quote with an accent is escaped`() throws {
    #expect(try render("{{name}}", Crab(name: "\"\u{301}")) == "&quot;\u{301}")
  }

  @Test func `text that reads like a tag stays text`() throws {
    #expect(
      try render("{{name}} {{{name}}} } {", Crab(name: "{{legs}}")) == "{{legs}} {{legs}} } {")
  }

  @Test(
    arguments: [
      ("{{#isRed}}red{{/isRed}}", ""), ("{{#isSand}}sand{{/isSand}}", ""),
      ("{{#eggs}}({{.}}){{/eggs}}", "(1)(2)"), ("{{#name}}<{{.}}>{{/name}}", "<anna>"),
      ("{{#shell}}<{{name}}>{{/shell}}", "<spiral>"), ("{{#legs}}<{{.}}>{{/legs}}", "<8>"),
    ])
  func `a section stands as often as its value says`(template: String, expected: String) throws {
    let shell = Shell(name: "spiral", hue: Hue(name: "red"))
    let crab = Crab(name: "anna", legs: 8, shell: shell, eggs: [1, 2])
    #expect(try render(template, crab) == expected)
  }

  @Test func `a true flag shows its section, whose names are those around it`() throws {
    #expect(try render("{{#isRed}}{{name}}{{/isRed}}", Crab(name: "a", isRed: true)) == "a")
  }

  @Test func `the nearest value that knows a name counts, one by one outwards`() throws {
    let shell = Shell(name: "spiral", hue: Hue(name: "red"))
    let beach = Beach(crabs: [Crab(name: "a", shell: shell), Crab(name: "b")], notes: ["n"])
    let template = """
      {{#crabs}}{{name}}:{{#shell}}{{name}}{{#hue}}{{name}}{{/hue}}{{#notes}}{{.}}{{/notes}}{{/shell}};\
      {{/crabs}}{{name}}
      """
    #expect(try render(template, beach) == "a:spiralredn;b:;beach")
  }

  @Test func `dots lead from a property to its own`() throws {
    #expect(try render("{{shell.hue.name}}{{shell.name.name}}", Beach()) == "beige")
  }

  @Test func `a name that nothing has leaves nothing`() throws {
    #expect(try render("<{{age}}{{{age}}}{{shell.age}}{{#age}}old{{/age}}>", Beach()) == "<>")
  }

  @Test func `a value that is absent does not stand for one further out`() throws {
    let beach = Beach(crabs: [Crab(name: "a")])
    #expect(try render("{{#crabs}}{{#shell}}{{name}}{{/shell}}{{/crabs}}", beach) == "")
  }

  @Test func `tags alone in their line leave no line, others keep their blanks`() throws {
    let template =
      "a\n  {{#notes}}  \n{{.}}\n{{/notes}}\nb {{#notes}} {{.}} {{/notes}} c\n{{name}}\n"
    #expect(try render(template, Beach(notes: ["1", "2"])) == "a\n1\n2\nb  1  2  c\nbeach\n")
  }

  @Test func `a part stands in place of its tag and sees the values there`() throws {
    let template = "{{#crabs}}\n{{>row}}\n{{/crabs}}\n"
    let beach = Beach(crabs: [Crab(name: "a"), Crab(name: "b")])
    let parts = ["row": "<{{name}}>{{>end}}\n", "end": "!"]
    #expect(try render(template, beach, parts: parts) == "<a>!\n<b>!\n")
  }

  @Test(
    arguments: [
      ("{{name", "line 1: expected }}, found the end"),
      ("\n{{{name}}", "line 2: expected }}}, found the end"),
      ("\n{{#eggs}}\n", "line 3: expected {{/eggs}}, found the end"),
      ("{{#eggs}}{{/legs}}", "line 1: {{/legs}} ends no section"),
      ("{{/eggs}}", "line 1: {{/eggs}} ends no section"), ("{{}}", "line 1: expected a name"),
      ("{{! remark}}", "line 1: expected a name, found \"! remark\""),
      ("{{^eggs}}{{/eggs}}", "line 1: expected a name, found \"^eggs\""),
      ("{{#eggs}}{{>row}}{{/eggs}}", "{{>row}} includes nothing"),
    ])
  func `a malformed template is refused`(template: String, message: String) {
    let error = #expect(throws: TemplateError.self) { try PageTemplate(template) }
    #expect("\(error.map(\.description) ?? "")".hasPrefix(message), "\(String(describing: error))")
  }
}
