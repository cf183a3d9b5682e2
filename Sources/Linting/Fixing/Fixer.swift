public import COCO

/// Applies what findings offer, round after round, until no fix is left to apply.
///
/// Of two fixes that touch the same value the first is applied; the other is judged anew in the next
/// round, when the rules have looked at what the first has made.
public struct Fixer: Sendable {
  /// A fix that was applied, with the finding that it mends.
  public struct Applied: Sendable, Equatable {
    public var finding: Finding
    public var fix: Fix

    public init(finding: Finding, fix: Fix) {
      self.finding = finding
      self.fix = fix
    }
  }

  /// What came of it.
  public struct Outcome: Sendable {
    public var subject: Subject
    public var applied: [Applied]
    /// What the rules find in the end.
    public var remaining: [Finding]
  }

  /// More rounds than any chain of fixes takes; two rules that undo each other would go on for ever.
  private static let mostRounds = 32

  private let linter: Linter
  private let allowsUnsafe: Bool

  public init(_ linter: Linter, allowsUnsafe: Bool) {
    self.linter = linter
    self.allowsUnsafe = allowsUnsafe
  }

  /// Mends `subject`. A finding that `spares` says true of, given the subject of the round, keeps
  /// its fix to itself.
  public func fix(
    _ subject: Subject, sparing spares: (Finding, Subject) -> Bool = { _, _ in false }
  ) async throws -> Outcome {
    var subject = subject
    var applied: [Applied] = []
    for _ in 0..<Self.mostRounds {
      let findings = try await linter.lint(subject)
      var round = FixRound(subject)
      for finding in findings where !spares(finding, subject) {
        guard let fix = finding.fixes.first(where: { $0.isSafe || allowsUnsafe }) else { continue }
        if round.apply(fix, to: finding) { applied.append(Applied(finding: finding, fix: fix)) }
      }
      guard round.hasApplied else {
        return Outcome(subject: subject, applied: applied, remaining: findings)
      }
      subject = round.finish()
    }
    return Outcome(
      subject: subject, applied: applied, remaining: try await linter.lint(subject))
  }
}
