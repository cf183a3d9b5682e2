import Formats
import Testing

@testable import Linting

/// An example of an output with the rule that it belongs to.
struct WritingExample: Sendable, CustomTestStringConvertible {
  let rule: any WritingRule.Type
  let example: OutputExample

  var testDescription: String { "\(rule.id): \(example.title)" }

  static let all = Rules.all.compactMap { $0 as? any WritingRule.Type }.flatMap { rule in
    rule.outputs.map { WritingExample(rule: rule, example: $0) }
  }
}

struct WritingRuleTests {
  @Test(arguments: WritingExample.all)
  func `a writer leaves a record out just where an example says so`(
    _ subject: WritingExample
  ) throws {
    let format = try #require(Format.named(subject.example.format))
    let exporter = try #require(format.exporter).init(ExportOptions())
    let exported = exporter.export([subject.example.dataset])
    #expect(exported.unwritable.isEmpty == !subject.example.isFlagged)
  }
}
