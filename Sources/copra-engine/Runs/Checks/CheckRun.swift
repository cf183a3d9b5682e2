import COCO
import Console
import Datasets
import DetectionMetrics
import DetectionModels
import Engine
import Files
import Formats
import Torch

/// What `copra check` reads, and what it looks at.
struct CheckRunSettings {
  enum Format: String, CaseIterable {
    case text, json, html
  }

  var inputs: [String]
  var linter: DatasetLinter
  /// The detector that the data is for, and the one of the short training.
  var examined: DetectorSettings
  var trained: DetectorSettings
  /// A file of results, in COCO's format, of a model that has not learnt these pictures.
  var predictions: String?
  /// Into how many parts the pictures are divided for models that judge the labels of what they have
  /// not learnt; nil trains none.
  var folds: Int?
  /// What the input was made of.
  var original: String?
  var parts = Set(CheckPart.allCases)
  /// What the short training may take from its beginning on.
  var budget = Duration.seconds(120)
  var format = Format.text
  /// Where a page of the whole goes; nil for none.
  var page: PageOutput?

  /// What is read besides the dataset.
  var furtherInputs: [String] { [predictions, original].compactMap(\.self) }
}

/// One run of `copra check`: read and validate, look with the detector's eyes, train for a while, and
/// give one verdict.
struct CheckRun {
  let settings: CheckRunSettings

  func run() async throws -> ExitStatus {
    try settings.page?.refuseEarly(inputs: settings.inputs + settings.furtherInputs)
    var (imported, findings) = try await read()
    let input = DetectionInput(imported, from: settings.inputs, by: settings.linter.reader)
    let (samples, hasPictures) = try samples(of: input, for: settings.examined.detector)
    let whole = try input.samples(
      ofSplits: [], for: settings.examined.detector, needsPictures: false)
    var report = CheckReport(settings, samples: samples, whole: whole)
    report.findings = findings
    report.hasPictures = hasPictures
    let size = settings.examined.inputSize()
    var contract = SampleContract(samples, input: size)
    contract.readsHeaders = hasPictures
    let checked = await contract.check(tasks: OrderedTasks(threads: Runtime.threads))
    report.findings += checked.findings.notRepeating(report.findings)
    report.nothingToLearn = checked.objects.nothingToLearn
    if settings.parts.contains(.model), report.nothingToLearn == nil {
      try examine(samples, size, into: &report)
    }
    if let path = settings.predictions {
      try await judgeLabels(byResultsIn: path, from: &imported, into: &report)
    }
    if settings.original != nil {
      try await compare(input, hasPictures: hasPictures, into: &report)
    }
    try report.printData(of: imported, options: settings.linter.reader.importOptions)
    if hasPictures, report.nothingToLearn == nil {
      if settings.parts.contains(.appearance) {
        try await look(at: input, into: &report)
      }
      if settings.parts.contains(.step) {
        try measure(checked.readable.withVisibleKeypoints, size, into: &report)
      }
      try await train(on: input, into: &report, sources: imported.sources)
    }
    try report.finish()
    try await writePage(of: report, imported)
    // Freeing a million records would take a while, and the system does it at once.
    withExtendedLifetime((imported, report)) { Ending.exit(report.answer.status) }
  }

  /// Returns what was read, with what is wrong with it.
  private func read() async throws -> (Imported, [Finding]) {
    if settings.parts.contains(.validation) {
      let linted = try await settings.linter.lint(settings.inputs)
      return (linted.imported, linted.findings)
    }
    var reader = settings.linter.reader
    reader.options.judgesRecords = true
    let imported = try await reader.read(settings.inputs)
    for message in imported.notes { reader.note("note: \(message)") }
    return (imported, imported.allFindings)
  }

  /// The pictures that would be trained on, and whether their files are there.
  private func samples(
    of input: DetectionInput, for detector: DetectorChoice
  ) throws -> (DetectionSamples, hasPictures: Bool) {
    let samples = try input.samples(ofSplits: ["train"], for: detector, needsPictures: false)
    let hasPictures = (0..<samples.count).contains { position in
      FileStatus(Path.join(samples.folder, samples.image(at: position).fileName)) != nil
    }
    return (samples, hasPictures)
  }

  private func examine(
    _ samples: DetectionSamples, _ size: InputSize, into report: inout CheckReport
  ) throws {
    let detector = try settings.examined.detector.taking(keypoints: samples.keypoints?.count)
    let outline = try detector.outline(numClasses: samples.labels.count, input: size)
    guard let outline = outline as? any BackboneDetector else { return }
    let seen = ModelReport(samples, outline)
    report.model = seen
    report.findings += seen.findings.notRepeating(report.findings)
  }

  /// Compares what a model is given with what the original gives it.
  private func compare(
    _ input: DetectionInput, hasPictures: Bool, into report: inout CheckReport
  ) async throws {
    guard let path = settings.original else { return }
    var reader = settings.linter.reader
    reader.options.judgesRecords = true
    let original = try await DetectionInput([path], reader: reader)
    let detector = settings.trained.detector
    let samples = try [input, original].map {
      try $0.samples(ofSplits: [], for: detector, needsPictures: hasPictures)
    }
    let comparison = TargetComparison(samples[0], samples[1])
    var compared = ComparedTargets(
      comparison, original: path, sources: original.imported.sources)
    if hasPictures, comparison.differences.isEmpty {
      let model = try settings.trained.make(
        numClasses: samples[0].labels.count, keypoints: samples[0].keypoints?.count,
        input: settings.trained.inputSize(usual: SmokeInput.size(for: samples[0]).minSize))
      do {
        compared.take(try comparison.losses(of: model, seed: settings.trained.seed))
      } catch {
        throw CommandFailure(error.finding.message)
      }
    }
    report.comparison = compared
    report.findings += compared.findings
  }

  /// Looks at all splits: a fault may be in any.
  private func look(at input: DetectionInput, into report: inout CheckReport) async throws {
    var check = AppearanceCheck(try input.samples(ofSplits: [], for: settings.trained.detector))
    check.seed = settings.trained.seed
    check.searchesMissing = true
    let appearance = await check.run(tasks: settings.linter.reader.workers.tasks("looking"))
    report.appearance = appearance
    report.findings += appearance.findings
    FindingPrinter.print(appearance.findings, in: input.imported.sources)
    try report.tell(CheckText.appearance(appearance))
  }

  private func measure(
    _ samples: DetectionSamples, _ size: InputSize, into report: inout CheckReport
  ) throws {
    let model = try settings.examined.make(
      numClasses: samples.labels.count, keypoints: samples.keypoints?.count, input: size)
    var training = TrainingSettings()
    training.input = size
    report.cost = StepCost(model, on: samples, settings: training)
    try report.tell(CheckText.cost(report.cost, pictures: samples.count))
  }

  /// Trains as far as that is asked for: to learn a few pictures by heart, and to judge labels.
  private func train(
    on input: DetectionInput, into report: inout CheckReport, sources: Sources
  ) async throws {
    if settings.parts.contains(.training) {
      if report.appearance?.reasons.isEmpty == false {
        try report.tell(["training: skipped, because it could not change the verdict"])
      } else {
        try await learn(input, into: &report, sources: sources)
      }
    }
    if let folds = settings.folds {
      try await crossTrain(folds, on: input, into: &report, sources: sources)
    } else if settings.trained.weights != nil, settings.predictions == nil,
      settings.parts.contains(.labels)
    {
      try await judgeLabels(of: input, into: &report, sources: sources)
    }
  }

  private func learn(
    _ input: DetectionInput, into report: inout CheckReport, sources: Sources
  ) async throws {
    var smoke = SmokeOptions()
    smoke.images = SmokeOptions.images(within: settings.budget)
    smoke.budget = settings.budget
    smoke.start = .now
    smoke.seed = settings.trained.seed
    let trial = SmokeTrial(
      name: input.name, detector: settings.trained, options: smoke, appearance: report.appearance)
    let all = try input.samples(ofSplits: ["train"], for: settings.trained.detector)
    let result = try await trial.run(
      on: all, findings: report.findings, printsKnown: false, sources: sources)
    report.verdict = result.verdict
    report.findings += result.verdict.findings
    try report.tell(
      ["training: \(result.verdict.description)"] + CheckText.losses(result.verdict.losses))
    Signals.endIfAsked()
  }
}
