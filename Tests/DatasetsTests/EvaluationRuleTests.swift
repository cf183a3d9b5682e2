import COCO
import DetectionMetrics
import Files
import Foundation
import Linting
import TestSupport
import Testing

/// An example of results with the rule that it belongs to.
struct EvaluationExample: Sendable, CustomTestStringConvertible {
  let rule: any EvaluationRule.Type
  let example: ResultsExample

  var testDescription: String { "\(rule.id): \(example.title)" }

  static let all = Rules.all.compactMap { $0 as? any EvaluationRule.Type }.flatMap { rule in
    rule.results.map { EvaluationExample(rule: rule, example: $0) }
  }
}

struct EvaluationRuleTests {
  @Test(arguments: EvaluationExample.all)
  func `an evaluation raises a rule just where an example says so, and no other`(
    _ subject: EvaluationExample
  ) async throws {
    let folder = try TemporaryFolder()
    try folder.write(subject.example.truth, to: "truth.json")
    try folder.write(subject.example.results, to: "results.json")
    let found = try await ResultsEvaluator()
      .evaluate(folder.path("results.json"), against: folder.path("truth.json")).findings
    #expect(found.contains { $0.rule == subject.rule.id } == subject.example.isFlagged)
    #expect(found.allSatisfy { $0.rule == subject.rule.id && $0.severity == subject.rule.severity })
  }
}
