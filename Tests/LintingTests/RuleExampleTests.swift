import COCO
import Testing

@testable import Linting

/// An example with the rule that it belongs to.
struct RuleExample: Sendable, CustomTestStringConvertible {
  let rule: any Rule.Type
  let example: Example

  var testDescription: String { "\(rule.id): \(example.title)" }

  static let all = Rules.all.flatMap { rule in
    rule.examples.map { RuleExample(rule: rule, example: $0) }
  }
  static let flagged = all.filter(\.example.isFlagged)
  static let fixed = all.filter { $0.example.fixed != nil }
}

struct RuleExampleTests {
  @Test(arguments: RuleExample.all)
  func `an example is flagged just where it says so`(_ subject: RuleExample) async throws {
    let findings = try await Linter([subject.rule.init()]).lint(subject.example.subject)
    #expect(findings.isEmpty == !subject.example.isFlagged, "\(findings.map(\.message))")
    #expect(findings.allSatisfy { $0.rule == subject.rule.id })
  }

  @Test(arguments: RuleExample.flagged)
  func `a fault that an example shows is reported once, by one rule`(
    _ subject: RuleExample
  ) async throws {
    let rules = Rules.all.filter { $0.severity > .information }.map { $0.init() }
    let findings = try await Linter(rules).lint(subject.example.subject)
      .filter { $0.severity > .information }
    let others = findings.filter { $0.rule != subject.rule.id }
    #expect(others.isEmpty, "\(others.map { "\($0.rule): \($0.message)" })")
  }

  @Test(arguments: RuleExample.fixed)
  func `the fixes of a rule make of an example what it says`(_ subject: RuleExample) async throws {
    let fixer = Fixer(Linter([subject.rule.init()]), allowsUnsafe: true)
    let outcome = try await fixer.fix(subject.example.subject)
    #expect(
      outcome.subject.datasets.map(\.recordsText) == subject.example.fixed?.map(\.recordsText))
    #expect(outcome.remaining.allSatisfy { $0.fixes.isEmpty })
  }

  @Test(arguments: RuleExample.flagged)
  func `an example says what becomes of it just where its rule offers a fix`(
    _ subject: RuleExample
  ) async throws {
    let findings = try await Linter([subject.rule.init()]).lint(subject.example.subject)
    let fixes = findings.flatMap(\.fixes)
    #expect(fixes.isEmpty == (subject.example.fixed == nil))
    #expect(fixes.allSatisfy { subject.rule.fixability.allows($0) })
  }
}

extension Dataset {
  /// All records as JSON, a line each.
  var recordsText: String {
    var output = JSONOutput()
    for image in images {
      output.append(image)
      output.raw("\n")
    }
    for annotation in annotations {
      output.append(annotation)
      output.raw("\n")
    }
    for category in categories {
      output.append(category)
      output.raw("\n")
    }
    return output.text
  }
}
