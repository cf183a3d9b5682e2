public import COCO
import Files

/// A fixer that applies the fixes of findings, round after round, until none is left to apply.
///
/// Of two fixes that touch the same value the first is applied; the other is judged again in the
/// next round, when the rules have judged the result of the first. Records are removed last, when
/// no other fix is left for them.
public struct Fixer: Sendable {
  /// A fix that was applied, with the finding that it fixes.
  public struct Applied: Sendable, Equatable {
    /// The finding that offered the fix.
    public var finding: Finding
    /// The fix.
    public var fix: Fix

    /// Creates the record of an applied fix.
    public init(finding: Finding, fix: Fix) {
      self.finding = finding
      self.fix = fix
    }
  }

  /// The result of fixing.
  public struct Outcome: Sendable {
    /// The datasets after the fixes.
    public var subject: Subject
    /// The changes that the fixes made, to be written into the user's own files.
    public var changes: [RecordChange]
    /// The fixes applied, in order.
    public var applied: [Applied]
    /// The findings of the rules after the last round.
    public var remaining: [Finding]
    /// The places of the readers' findings that were fixed.
    let fixedReading: Set<Origin?>

    /// Returns whether a reader's finding is at a place that another fix has set right.
    public func answers(_ finding: Finding) -> Bool { fixedReading.contains(finding.origin) }
  }

  /// The most rounds, more than any chain of fixes takes; two rules that undo each other would
  /// never end.
  private static let mostRounds = 32

  private let linter: Linter
  private let allowsUnsafe: Bool

  /// Creates a fixer that judges with `linter`.
  ///
  /// - Parameters:
  ///   - linter: The linter that judges the result.
  ///   - allowsUnsafe: Whether fixes are applied too that lose or guess something.
  public init(_ linter: Linter, allowsUnsafe: Bool) {
    self.linter = linter
    self.allowsUnsafe = allowsUnsafe
  }

  /// Fixes `subject`.
  ///
  /// - Parameters:
  ///   - subject: The datasets to fix, with what is known of their images.
  ///   - reading: The readers' findings. Their fixes are applied if they change the text of a file,
  ///     which is read that way already, or give a record the id that its file lacks.
  ///   - spares: Returns whether a finding's fix is withheld, given the subject of the round.
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
