import COCO
import Glibc
import TestSupport
import Testing

@testable import Linting

/// An example of files with the rule that it belongs to.
struct ReadingExample: Sendable, CustomTestStringConvertible {
  let rule: any ReadingRule.Type
  let example: FileExample

  var testDescription: String { "\(rule.id): \(example.title)" }

  static let all = Rules.all.compactMap { $0 as? any ReadingRule.Type }.flatMap { rule in
    rule.files.map { ReadingExample(rule: rule, example: $0) }
  }

  /// Root may list every folder.
  static let visible = all.filter { subject in
    geteuid() != 0 || !subject.example.files.contains { $0.content == .lockedFolder }
  }
}

struct ReadingRuleTests {
  @Test(arguments: ReadingExample.visible)
  func `a reader raises a rule just where an example says so`(
    _ subject: ReadingExample
  ) async throws {
    let found = try await TemporaryFolder(subject.example).read(subject.example).allFindings
    #expect(found.contains { $0.rule == subject.rule.id } == subject.example.isFlagged)
  }

  @Test(arguments: ReadingExample.visible)
  func `an example of files has no other fault than the one that it shows`(
    _ subject: ReadingExample
  ) async throws {
    let found = try await TemporaryFolder(subject.example).read(subject.example).allFindings
    let faults = found.filter { $0.severity > .information && $0.rule != subject.rule.id }
    #expect(faults.isEmpty, "\(faults.map { "\($0.rule): \($0.message)" })")
  }

  @Test(arguments: ReadingExample.visible)
  func `the fixes of what a reader finds make of a file what its example says`(
    _ subject: ReadingExample
  ) async throws {
    let folder = try TemporaryFolder(subject.example)
    defer { withExtendedLifetime(folder) {} }
    let imported = try await folder.read(subject.example)
    let fixed = try imported.fixed().map { String(decoding: $0, as: UTF8.self) }
    #expect(fixed == subject.example.fixed)
    let fixes = imported.allFindings.filter { $0.rule == subject.rule.id }.flatMap(\.fixes)
    #expect(fixes.allSatisfy { subject.rule.fixability.allows($0) })
  }

  @Test(arguments: RuleType.all.filter { $0.type is any ReadingRule.Type })
  func `a rule that readers raise offers fixes and has its severity in an example`(
    _ rule: RuleType
  ) async throws {
    var findings: [Finding] = []
    for subject in ReadingExample.visible where subject.rule.id == rule.type.id {
      findings += try await TemporaryFolder(subject.example).read(subject.example).allFindings
    }
    findings = findings.filter { $0.rule == rule.type.id }
    let isVisible = geteuid() != 0 || rule.type.id != "unreadable-folder"
    #expect(findings.contains { $0.severity == rule.type.severity } == isVisible)
    #expect(findings.contains { !$0.fixes.isEmpty } == (rule.type.fixability != .none))
  }
}
