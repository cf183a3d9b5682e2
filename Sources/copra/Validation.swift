import COCO
import Console
import Importing
import Linting
import Reporting

/// One run of `copra validate`: read, look at the pictures, judge, mend where that is asked for,
/// report.
struct Validation {
  let command: ValidateCommand
  private let reader: InputReader
  private let rules: RuleSet
  private let waivers: [Waiver]

  init(command: ValidateCommand) throws {
    self.command = command
    reader = InputReader(options: command.input, judgesRecords: false)
    let configuration = try LintConfiguration(nearestTo: command.input.paths[0])
    var rules = RuleSet()
    try configuration.apply(to: &rules)
    let options = command.rules
    do throws(UnknownRule) {
      if let select = options.select { try rules.select(Self.names(select)) }
      if let ignore = options.ignore { try rules.ignore(Self.names(ignore)) }
      if let consumer = options.consumer { try rules.select(consumer.ruleIDs) }
    } catch {
      throw CommandFailure("\(error); copra rules lists them")
    }
    self.rules = rules
    waivers = try configuration.waivers()
  }

  private static func names(_ list: String) -> [String] {
    list.split(separator: ",").map { String($0.drop { $0 == " " }) }
  }

  func run() async throws -> ExitStatus {
    try refuseEarly()
    let judged = try await judge()
    if command.fixes.applies { return try await mend(judged) }
    return try report(judged)
  }

  /// What can be refused before anything is read.
  private func refuseEarly() throws {
    let outputs = [command.rules.writeBaseline, command.pictures.cache, command.fixes.output]
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

  private var linter: Linter { Linter(rules.rules, tasks: reader.tasks(named: "checking")) }

  private func judge() async throws -> Judged {
    let imported = try await reader.read()
    for note in imported.notes { Terminal.message("note: \(note)") }
    let survey = PictureSurvey(
      exif: command.input.source.exif, options: command.pictures,
      tasks: reader.tasks(named: "pictures"))
    let subject = Subject(imported.datasets, pictures: try await survey.pictures(of: imported))
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
      reading.filter { $0.rule == "image-without-label-file" }.compactMap(\.origin))
    let linting = linting.filter { finding in
      finding.rule != "image-without-annotations"
        || finding.origin.map { !unlabelled.contains($0) } ?? true
    }
    return reading + kept(linting, of: judged)
  }

  /// The findings that count: of selected rules, not waived, not known before.
  private func kept(_ findings: [Finding], of judged: Judged) -> [Finding] {
    rules.applied(to: findings).filter {
      !isWaived($0, judged.subject, in: judged.imported.sources)
    }
  }

  private func isWaived(_ finding: Finding, _ subject: Subject, in sources: Sources) -> Bool {
    waivers.contains { $0.covers(finding, of: subject.datasets, in: sources) }
  }

  /// Mends what can be mended, and reports what is left.
  private func mend(_ judged: Judged) async throws -> ExitStatus {
    let mending = Mending(
      command: command, imported: judged.imported, importOptions: try reader.importOptions())
    try mending.check()
    let sources = judged.imported.sources
    let texts = mending.readingFixes(of: kept(judged.imported.allFindings, of: judged))
    let outcome = try await Fixer(linter, allowsUnsafe: command.fixes.unsafeFixes)
      .fix(judged.subject) { isWaived($0, $1, in: sources) }
    let edited = try mending.edit(outcome, texts: texts)
    mending.tell(texts + outcome.applied, edited)
    if command.fixes.diff {
      try Terminal.print(mending.diff(edited))
      return edited.files.isEmpty ? .clean : .findings
    }
    try mending.write(edited)
    // What is left stands elsewhere in the new files, and reading them shows that they are sound.
    if command.fixes.inPlace { return try report(await judge()) }
    var rest = judged
    rest.subject = outcome.subject
    let mended = Set(texts.map(\.finding.origin))
    let reading = judged.imported.allFindings.filter { !mended.contains($0.origin) }
    rest.findings = findings(reading, and: outcome.remaining, of: rest)
    return try report(rest)
  }

  private func report(_ judged: Judged) throws -> ExitStatus {
    let baseline = BaselineFile(options: command.rules)
    if try baseline.write(judged.findings, in: judged.imported.sources) { return .clean }
    var judged = judged
    judged.findings = try baseline.new(among: judged.findings, in: judged.imported.sources)
    let output = FindingOutput(
      options: command.report, rules: rules, importOptions: try reader.importOptions())
    try Terminal.print(output.text(judged.findings, of: judged.imported))
    let harms = try command.rules.consumer.map { try tell(of: $0, judged.subject) } ?? false
    let status = harms ? .findings : status(of: judged)
    // Freeing a million records would take a while, and the system does it at once.
    withExtendedLifetime(judged) { Ending.exit(status) }
  }

  /// What the consumer makes of the set; says whether it does any harm. Beside a report for programs
  /// it is a message.
  private func tell(of consumer: ConsumerProfile, _ subject: Subject) throws -> Bool {
    let effects = consumer.profile.concerns(in: subject)
    let text = EffectReporter().text(
      consumer.profile.name, consumer.profile.summary,
      effects.map { effect, concerns in
        EffectDescription(
          effect.consequence.rawValue, count: concerns.count, summary: effect.summary,
          rules: effect.rules)
      })
    if command.report.format.isText {
      try Terminal.print("\n" + text)
    } else {
      Terminal.message(text, terminator: "")
    }
    return effects.contains { $0.effect.consequence != .ignores }
  }

  private func status(of judged: Judged) -> ExitStatus {
    let errors = judged.findings.contains { $0.severity == .error }
    let warnings = judged.findings.count { $0.severity == .warning }
    let isOver = command.rules.maxWarnings.map { warnings > $0 } ?? false
    return errors || isOver ? .findings : .clean
  }
}
