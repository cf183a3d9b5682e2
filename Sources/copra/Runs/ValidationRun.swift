import COCO
import Console
import Datasets
import Files
import Formats
import Linting
import Reporting

/// What `copra validate` judges, and what comes of its findings.
struct ValidationSettings {
  var inputs: [String]
  var reader: DatasetReader
  var survey: PictureSurvey
  var rules: RuleSet
  var waivers: [Waiver] = []
  /// The consumer whose behaviour is told; nil for none.
  var consumer: (any Profile.Type)?
  var baseline = BaselineFile()
  /// More warnings than this are a failure; nil allows any number.
  var maxWarnings: Int?
  var report = FindingOutput()
  /// Nil where nothing is fixed.
  var fixes: FixSettings?
}

/// One run of `copra validate`: read, look at the pictures, judge, fix where that is asked for,
/// report.
struct ValidationRun {
  let settings: ValidationSettings
  private let reader: DatasetReader

  init(settings: ValidationSettings) {
    self.settings = settings
    var reader = settings.reader
    reader.options.judgesRecords = false
    self.reader = reader
  }

  func run() async throws -> ExitStatus {
    try refuseEarly()
    let judged = try await judge()
    if let fixes = settings.fixes { return try await fix(judged, fixes) }
    return try report(judged)
  }

  /// What can be refused before anything is read.
  private func refuseEarly() throws {
    let outputs = [settings.baseline.writes, settings.survey.cache, settings.fixes?.output]
    for case let path? in outputs where path.isEmpty {
      throw CommandFailure("an output's path is empty")
    }
  }

  /// What was read, and what there is to say of it.
  struct Judged {
    var imported: Imported
    var subject: Subject
    var findings: [Finding]
  }

  private var linter: Linter {
    Linter(settings.rules.rules, tasks: reader.workers.tasks("checking"))
  }

  private func judge() async throws -> Judged {
    let imported = try await reader.read(settings.inputs)
    for note in imported.notes { Terminal.message("note: \(note)") }
    let subject = try await settings.survey.subject(imported)
    var judged = Judged(imported: imported, subject: subject, findings: [])
    judged.findings = findings(
      imported.allFindings, and: try await linter.lint(subject), of: judged)
    return judged
  }

  /// What readers and rules found, as far as it counts. Where a reader missed the file of a picture's
  /// annotations, that there are none goes without saying.
  private func findings(
    _ reading: [Finding], and linting: [Finding], of judged: Judged
  ) -> [Finding] {
    let reading = kept(reading, of: judged)
    let unlabelled = Set(
      reading.filter { $0.kind == .imageWithoutLabelFile }.compactMap(\.origin))
    let linting = linting.filter { finding in
      finding.kind != .imageWithoutAnnotations
        || finding.origin.map { !unlabelled.contains($0) } ?? true
    }
    return reading + kept(linting, of: judged)
  }

  /// The findings that count: of selected rules, not waived, not known before.
  private func kept(_ findings: [Finding], of judged: Judged) -> [Finding] {
    settings.rules.applied(to: findings).filter {
      !isWaived($0, judged.subject, in: judged.imported.sources)
    }
  }

  private func isWaived(_ finding: Finding, _ subject: Subject, in sources: Sources) -> Bool {
    settings.waivers.contains { $0.covers(finding, of: subject.datasets, in: sources) }
  }

  /// Fixes what can be fixed, and reports what is left.
  private func fix(_ judged: Judged, _ fixes: FixSettings) async throws -> ExitStatus {
    let fixing = FixRun(
      settings: fixes, inputs: settings.inputs, categories: reader.categories,
      imported: judged.imported, importOptions: reader.importOptions)
    try fixing.check()
    let sources = judged.imported.sources
    let reading = judged.imported.allFindings
    let outcome = try await Fixer(linter, allowsUnsafe: fixes.isUnsafe)
      .fix(judged.subject, reading: kept(reading, of: judged)) { isWaived($0, $1, in: sources) }
    let edited = try fixing.edit(outcome)
    fixing.tell(outcome.applied, edited, showsAll: settings.report.showsAll)
    if fixes.target == .diff {
      try Terminal.print(fixing.diff(edited))
      return edited.files.isEmpty ? .clean : .findings
    }
    try fixing.write(edited)
    // What is left stands elsewhere in the new files, and reading them shows that they are sound.
    if fixes.target == .inPlace { return try report(await judge()) }
    var rest = judged
    rest.subject = outcome.subject
    rest.findings = findings(
      reading.filter { !outcome.answers($0) }, and: outcome.remaining, of: rest)
    return try report(rest)
  }

  private func report(_ judged: Judged) throws -> ExitStatus {
    let baseline = settings.baseline
    if try baseline.write(judged.findings, in: judged.imported.sources) { return .clean }
    var judged = judged
    judged.findings = try baseline.new(among: judged.findings, in: judged.imported.sources)
    try Terminal.print(
      settings.report.text(
        judged.findings, of: judged.imported, rules: settings.rules,
        importOptions: reader.importOptions))
    let harms = try settings.consumer.map { try tell(of: $0, judged.subject) } ?? false
    let status = harms ? .findings : status(of: judged)
    // Freeing a million records would take a while, and the system does it at once.
    withExtendedLifetime(judged) { Ending.exit(status) }
  }

  /// What the consumer makes of the set; says whether it does any harm. Beside a report for programs
  /// it is a message.
  private func tell(of consumer: any Profile.Type, _ subject: Subject) throws -> Bool {
    let effects = consumer.concerns(in: subject)
    let text = EffectReporter().text(
      consumer.name, consumer.summary,
      effects.map { effect, concerns in
        EffectDescription(
          effect.consequence.rawValue, count: concerns.count, summary: effect.summary,
          rules: effect.rules.map(\.id))
      })
    if settings.report.isText {
      try Terminal.print("\n" + text)
    } else {
      Terminal.message(text, terminator: "")
    }
    return effects.contains { $0.effect.consequence != .ignores }
  }

  private func status(of judged: Judged) -> ExitStatus {
    let errors = judged.findings.contains { $0.severity == .error }
    let warnings = judged.findings.count { $0.severity == .warning }
    let isOver = settings.maxWarnings.map { warnings > $0 } ?? false
    return errors || isOver ? .findings : .clean
  }
}
