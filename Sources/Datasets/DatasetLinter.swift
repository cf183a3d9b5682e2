public import COCO
import Files
public import Formats
public import Linting

/// A linter that judges datasets by rules: it reads them as they are written, examines their
/// images, and runs the rules over both.
///
/// ```swift
/// let findings = try await DatasetLinter().lint("VOC2012").findings
/// ```
public struct DatasetLinter: Sendable {
  /// The reader of the dataset. It leaves the judgement of records to the rules.
  public var reader: DatasetReader
  /// The survey of the images.
  public var survey: PictureSurvey
  /// The rules that judge.
  public var rules = RuleSet()
  /// The waivers of findings that the user has accepted.
  public var waivers: [Waiver] = []

  /// Creates a linter that reads with `reader`, but leaves all judgement of records to the rules.
  public init(reader: DatasetReader = DatasetReader(), survey: PictureSurvey = PictureSurvey()) {
    self.reader = reader
    self.reader.options.judgesRecords = false
    self.survey = survey
  }

  /// Lints inputs of one format: files or folders, each counted once.
  ///
  /// - Throws: The errors of `DatasetReader.read(_:)` and `PictureSurvey.subject(_:)`.
  public func lint(_ paths: String...) async throws -> LintedDataset {
    try await lint(paths)
  }

  /// Lints inputs as above.
  public func lint(_ paths: [String]) async throws -> LintedDataset {
    let imported = try await reader.read(paths)
    for message in imported.notes { reader.note("note: \(message)") }
    return try await lint(imported)
  }

  /// Lints an import of `reader`.
  ///
  /// - Throws: The errors of `PictureSurvey.subject(_:)`.
  public func lint(_ imported: Imported) async throws -> LintedDataset {
    try await lint(imported, pictures: try await survey.pictures(of: imported))
  }

  /// Lints an import with facts about its images, by dataset and image.
  public func lint(
    _ imported: Imported, pictures: [[PictureFacts?]]
  ) async throws -> LintedDataset {
    let subject = PictureSurvey.subject(imported, pictures: pictures)
    var linted = LintedDataset(imported: imported, subject: subject)
    linted.findings = findings(
      imported.allFindings, and: try await linter.lint(subject), of: linted)
    return linted
  }

  /// Applies the fixes that the findings of a dataset offer.
  ///
  /// - Parameters:
  ///   - linted: The dataset with its findings.
  ///   - allowsUnsafe: Whether fixes are applied too that lose or guess something.
  /// - Returns: The changes made, and the dataset after them with the remaining findings.
  public func fix(
    _ linted: LintedDataset, allowsUnsafe: Bool = false
  ) async throws -> (Fixer.Outcome, LintedDataset) {
    let reading = linted.imported.allFindings
    let outcome = try await Fixer(linter, allowsUnsafe: allowsUnsafe)
      .fix(linted.subject, reading: kept(reading, of: linted)) {
        linted.imported.reported.explains($0, in: $1.datasets)
          || isWaived($0, $1, in: linted.imported.sources) || linted.keepsItsFix($0)
      }
    var rest = linted
    rest.subject = outcome.subject
    rest.findings = findings(
      reading.filter { !outcome.answers($0) }, and: outcome.remaining, of: rest)
    return (outcome, rest)
  }

  private var linter: Linter { Linter(rules.rules, tasks: reader.workers.tasks("checking")) }

  /// Returns the findings of readers and rules that count. If a reader did not find the file of an
  /// image's annotations, the image is not reported as one without annotations; nor is anything
  /// that follows from a record that was left out.
  func findings(
    _ reading: [Finding], and linting: [Finding], of linted: LintedDataset
  ) -> [Finding] {
    let reading = kept(reading, of: linted)
    let unlabelled = Set(
      reading.filter { $0.kind == .imageWithoutLabelFile }.compactMap(\.origin))
    let reported = linted.imported.reported
    let linting = linting.filter { finding in
      if !reported.isEmpty, reported.explains(finding, in: linted.subject.datasets) { return false }
      return finding.kind != .imageWithoutAnnotations
        || finding.origin.map { !unlabelled.contains($0) } ?? true
    }
    return reading + kept(linting, of: linted)
  }

  /// Returns the findings that count: those of selected rules that are not waived.
  private func kept(_ findings: [Finding], of linted: LintedDataset) -> [Finding] {
    rules.applied(to: findings).filter {
      !isWaived($0, linted.subject, in: linted.imported.sources)
    }.map { finding in
      var finding = finding
      if linted.keepsItsFix(finding) { finding.fixes = [] }
      return finding
    }
  }

  private func isWaived(_ finding: Finding, _ subject: Subject, in sources: Sources) -> Bool {
    waivers.contains { $0.covers(finding, of: subject.datasets, in: sources) }
  }
}

/// A dataset with the findings about it.
public struct LintedDataset: Sendable {
  /// The dataset as it was read.
  public var imported: Imported
  /// The datasets and image facts that the rules judged.
  public var subject: Subject
  /// The findings, those of the reader and the rules.
  public var findings: [Finding] = []

  /// Returns whether a finding keeps its fix. The fix of an annotation without an image is dropped
  /// if an image could not be read, since that may be the one.
  fileprivate func keepsItsFix(_ finding: Finding) -> Bool {
    finding.kind == .unknownImage && imported.rejections.contains { $0.kind == .image }
  }
}
