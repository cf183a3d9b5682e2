import COCO
import Testing

@testable import Linting

struct RulesTests {
  @Test(arguments: RuleType.all)
  func `a rule explains itself with something that it flags and something that it allows`(
    _ rule: RuleType
  ) {
    let shown: [Bool] =
      (rule.type as? any ReadingRule.Type).map { $0.files.map(\.isFlagged) }
      ?? (rule.type as? any WritingRule.Type).map { $0.outputs.map(\.isFlagged) }
      ?? (rule.type as? any EvaluationRule.Type).map { $0.results.map(\.isFlagged) }
      ?? (rule.type as? any EngineRule.Type).map { $0.targets.map(\.isFlagged) }
      ?? rule.type.examples.map(\.isFlagged)
    #expect(shown.contains(true))
    #expect(shown.contains(false))
    #expect(!rule.type.summary.isEmpty && !rule.type.summary.hasSuffix("."))
    #expect(rule.type.explanation.hasSuffix("."))
  }

  @Test(arguments: RuleType.all)
  func `a rule that claims a fix shows one`(_ rule: RuleType) {
    let shows = rule.type.examples.contains { $0.fixed != nil }
    #expect(shows == (rule.type.fixability != .none) || rule.type is any ReadingRule.Type)
  }

  @Test func `the rules are in the order of their ids, each once`() {
    let ids = Rules.all.map { $0.id }
    #expect(ids == Set(ids).sorted())
  }

  @Test(arguments: RuleType.all)
  func `a rule is called like the kind of fault that it finds`(_ rule: RuleType) {
    let name = String(describing: rule.type)
    #expect(rule.type.kind.rawValue.lowercased() == name.lowercased())
  }

  @Test func `every kind of fault has a rule that explains it`() {
    #expect(Set(Rules.all.map { $0.kind }) == Set(FaultKind.allCases))
  }
}

/// A rule as an argument of a test.
struct RuleType: Sendable, CustomTestStringConvertible {
  let type: any Rule.Type
  var testDescription: String { type.id }

  static let all = Rules.all.map { RuleType(type: $0) }
}
