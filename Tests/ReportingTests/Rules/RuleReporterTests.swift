import Testing

@testable import Reporting

struct RuleReporterTests {
  private static let rules = [
    RuleExamples.invertedBox, RuleExamples.tinyBox, RuleExamples.rareCategory,
  ]

  @Test func `the list has a row for each rule`() {
    #expect(
      TextRuleReporter().list(Self.rules) == """
        rule           severity     fix     about
        inverted-box   error        safe    a box whose right or lower edge comes before the other
        tiny-box       warning      unsafe  a box with a side of less than 2 pixels | `tiny`
        rare-category  information          a category with few annotations

        """)
  }

  @Test(arguments: rules.map(\.id))
  func `an explanation tells all of a rule`(id: String) throws {
    let rule = try #require(Self.rules.first { $0.id == id })
    let found = TextRuleReporter().explanation(of: rule)
    #expect(try found == GoldenFile.expected("\(id).txt", found: found))
    #expect(found.split(separator: "\n").allSatisfy { String($0).columns <= 80 })
  }

  @Test func `the page holds all rules`() throws {
    let found = MarkdownRuleReporter().page(Self.rules)
    #expect(try found == GoldenFile.expected("rules.md", found: found))
  }
}
