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
  var linter: DatasetLinter
  /// The consumer whose behaviour is told; nil for none.
  var consumer: (any Profile.Type)?
  var baseline = BaselineFile()
  /// More warnings than this are a failure; nil allows any number.
  var maxWarnings: Int?
  var report = FindingOutput()
  /// Nil where nothing is fixed.
  var fixes: FixSettings?
  /// The page that takes the place of the report; nil for none.
  var page: PageSettings?
  /// The pictures that are judged, and where partial results go.
  var part = PartSettings()
}

/// One run of `copra validate`: read, look at the pictures, judge, fix where that is asked for,
/// report.
struct ValidationRun {
  let settings: ValidationSettings

  func run() async throws -> ExitStatus {
    try refuseEarly()
    try settings.part.partial?.refuseEarly(inputs: settings.inputs)
    var linter = settings.linter
    linter.survey.shard = settings.part.shard
    if settings.part.partial != nil {
      if try await settings.part.write(
        by: linter.reader, verb: "validate", inputs: settings.inputs, surveyedBy: linter.survey)
      {
        return .clean
      }
      let imported = try await linter.reader.read(settings.inputs)
      let pictures = try await linter.survey.pictures(of: imported)
      _ = try await settings.part.write(
        imported, verb: "validate", inputs: settings.inputs, pictures: pictures)
      return .clean
    }
    if takesStreams, let linted = try await linter.lintInWindows(settings.inputs) {
      return try await report(linted)
    }
    let linted = try await linted(by: linter)
    if let fixes = settings.fixes { return try await fix(linted, fixes) }
    return try await report(linted)
  }

  private func linted(by linter: DatasetLinter) async throws -> LintedDataset {
    guard let shard = settings.part.shard else { return try await linter.lint(settings.inputs) }
    let imported = try await linter.reader.read(settings.inputs)
    for message in imported.notes { linter.reader.note("note: \(message)") }
    return try await linter.lint(imported.part(shard))
  }

  /// Whether the findings are all that is wanted, so that no records need be kept.
  var takesStreams: Bool {
    settings.fixes == nil && settings.page == nil && settings.consumer == nil
  }

  private var page: PageRun? {
    settings.page.map { PageRun(settings: $0, inputs: settings.inputs) }
  }

  /// What can be refused before anything is read.
  private func refuseEarly() throws {
    let outputs = [
      settings.baseline.writes, settings.linter.survey.cache, settings.fixes?.output,
    ]
    for case let path? in outputs where path.isEmpty {
      throw CommandFailure("an output's path is empty")
    }
    try page?.refuseEarly()
  }

  /// Fixes what can be fixed, and reports what is left.
  private func fix(_ linted: LintedDataset, _ fixes: FixSettings) async throws -> ExitStatus {
    let reader = settings.linter.reader
    let fixing = FixRun(
      settings: fixes, inputs: settings.inputs, categories: reader.categories,
      imported: linted.imported, importOptions: reader.importOptions)
    try fixing.check()
    let (outcome, rest) = try await settings.linter.fix(linted, allowsUnsafe: fixes.isUnsafe)
    let edited = try fixing.edit(outcome)
    fixing.tell(outcome.applied, edited, showsAll: settings.report.showsAll)
    if fixes.target == .diff {
      try Terminal.print(fixing.diff(edited))
      return edited.files.isEmpty ? .clean : .findings
    }
    try fixing.write(edited)
    // What is left stands elsewhere in the new files, and reading them shows that they are sound.
    if fixes.target == .inPlace {
      return try await report(settings.linter.lint(settings.inputs))
    }
    return try await report(rest)
  }

  /// Judges what is read window by window; returns nil if it has to be judged at once.
  func finish(_ stream: any DatasetStream) async throws -> ExitStatus? {
    guard takesStreams, let linted = try await settings.linter.lint(stream) else { return nil }
    return try await report(linted)
  }

  /// Judges what was read, of whose pictures so much is known, by dataset and image.
  func finish(_ imported: Imported, pictures: [[PictureFacts?]]) async throws -> ExitStatus {
    for message in imported.notes { settings.linter.reader.note("note: \(message)") }
    return try await report(settings.linter.lint(imported, pictures: pictures))
  }

  private func report(_ linted: LintedDataset) async throws -> ExitStatus {
    let baseline = settings.baseline
    if try baseline.write(linted.findings, in: linted.imported.sources) { return .clean }
    var linted = linted
    linted.findings = try baseline.new(among: linted.findings, in: linted.imported.sources)
    if let page {
      try await page.run(linted, by: settings.linter, showsAll: settings.report.showsAll)
    } else {
      try Terminal.print(
        settings.report.text(
          linted.findings, of: linted.imported, rules: settings.linter.rules,
          importOptions: settings.linter.reader.importOptions))
    }
    let harms = try settings.consumer.map { try tell(of: $0, linted) } ?? false
    let status = harms ? .findings : status(of: linted)
    // Freeing a million records would take a while, and the system does it at once.
    withExtendedLifetime(linted) { Ending.exit(status) }
  }

  /// What the consumer makes of the set; says whether it does any harm. Beside a report for programs
  /// it is a message.
  private func tell(of consumer: any Profile.Type, _ linted: LintedDataset) throws -> Bool {
    // There is nothing that it could take.
    if linted.subject.datasets.isEmpty { return false }
    var places = PlaceFinder(linted.imported.sources)
    let loading = try linted.imported.loading(by: consumer).map { file, effect in
      let place = places.place(of: Origin(file: file, offset: effect.offset))
      return (
        effect.consequence,
        EffectDescription(
          effect.consequence.rawValue, count: effect.count,
          summary: "\(effect.summary), first at \(place)", rules: [effect.rule.id])
      )
    }
    let reading = consumer.concerns(in: linted.subject).map { effect, concerns in
      (
        effect.consequence,
        EffectDescription(
          effect.consequence.rawValue, count: concerns.count, summary: effect.summary,
          rules: effect.rules.map(\.id))
      )
    }
    let effects = Effect.Consequence.allCases.flatMap { consequence in
      (loading + reading).filter { $0.0 == consequence }
    }
    let text = EffectReporter().text(
      consumer.name, consumer.summary, effects.map(\.1), doubts: doubts(about: linted, consumer))
    if settings.report.isText, settings.page == nil {
      try Terminal.print("\n" + text)
    } else {
      Terminal.message(text, terminator: "")
    }
    return effects.contains { $0.0 != .ignores }
  }

  /// Returns why a consumer may not take a set as it is meant, though nothing is known to go wrong.
  private func doubts(about linted: LintedDataset, _ consumer: any Profile.Type) -> [String] {
    var doubts: [String] = []
    let errors = linted.findings.count { $0.severity == .error }
    if errors > 0 {
      doubts.append(errors == 1 ? "it contains 1 error" : "it contains \(errors) errors")
    }
    let images = linted.subject.datasets.reduce(0) { $0 + $1.images.count }
    let found = linted.subject.pictures.joined().count { $0 != nil }
    if consumer.opensPictures, found < images {
      doubts.append(
        found == 0
          ? "its images were not found" : "\(images - found) of its images were not found")
    }
    return doubts
  }

  private func status(of linted: LintedDataset) -> ExitStatus {
    let errors = linted.findings.contains { $0.severity == .error }
    let warnings = linted.findings.count { $0.severity == .warning }
    let isOver = settings.maxWarnings.map { warnings > $0 } ?? false
    return errors || isOver ? .findings : .clean
  }
}
