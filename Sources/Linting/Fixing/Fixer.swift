public import COCO
import Files

/// Applies what findings offer, round after round, until no fix is left to apply.
///
/// Of two fixes that touch the same value the first is applied; the other is judged anew in the next
/// round, when the rules have looked at what the first has made. Records are taken away last, when
/// nothing is left that sets them right.
public struct Fixer: Sendable {
  /// A fix that was applied, with the finding that it answers.
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
    /// What the fixes have set, to be written into the user's own files.
    public var changes: [RecordChange]
    public var applied: [Applied]
    /// What the rules find in the end.
    public var remaining: [Finding]
    /// Where readers found what was fixed.
    let fixedReading: Set<Origin?>

    /// Whether a reader's finding is at a place that a fix of another has set right.
    public func answers(_ finding: Finding) -> Bool { fixedReading.contains(finding.origin) }
  }

  /// More rounds than any chain of fixes takes; two rules that undo each other would go on for ever.
  private static let mostRounds = 32

  private let linter: Linter
  private let allowsUnsafe: Bool

  public init(_ linter: Linter, allowsUnsafe: Bool) {
    self.linter = linter
    self.allowsUnsafe = allowsUnsafe
  }

  /// Fixes `subject`.
  ///
  /// - Parameters:
  ///   - reading: what the readers found. Of their fixes those are applied that change the text of a
  ///     file, which is read that way already, and those that give a record the id that its file
  ///     lacks.
  ///   - spares: says of a finding, given the subject of the round, whether it keeps its fix to
  ///     itself.
  public func fix(
    _ subject: Subject, reading: [Finding] = [],
    sparing spares: (Finding, Subject) -> Bool = { _, _ in false }
  ) async throws -> Outcome {
    var round = FixRound(subject, FixJournal(subject.datasets))
    var applied = reading.compactMap { finding in
      round.applyReading(finding, allowsUnsafe: allowsUnsafe).map {
        Applied(finding: finding, fix: $0)
      }
    }
    let fixedReading = Set(applied.map(\.finding.origin))
    var (subject, journal) = round.finish()
    var remaining: [Finding] = []
    for _ in 0..<Self.mostRounds {
      remaining = try await linter.lint(subject)
      round = FixRound(subject, journal)
      let due = remaining.compactMap { finding -> Applied? in
        guard !spares(finding, subject) else { return nil }
        return finding.fixes.first { $0.isSafe || allowsUnsafe }
          .map { Applied(finding: finding, fix: $0) }
      }
      for removes in [false, true] where !round.hasApplied {
        for fixed in due where fixed.fix.edits.contains(.remove) == removes {
          if round.apply(fixed.fix, to: fixed.finding) { applied.append(fixed) }
        }
      }
      guard round.hasApplied else {
        return Outcome(
          subject: subject, changes: journal.changes(in: subject.datasets), applied: applied,
          remaining: remaining, fixedReading: fixedReading)
      }
      (subject, journal) = round.finish()
    }
    return Outcome(
      subject: subject, changes: journal.changes(in: subject.datasets), applied: applied,
      remaining: try await linter.lint(subject), fixedReading: fixedReading)
  }
}
