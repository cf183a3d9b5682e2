import COCO
import Console
import Datasets
import DetectionModels
import Engine
import Files
import Formats
import Metrics
import Torch

/// What `copra check` reads, and what it looks at.
struct CheckRunSettings {
  enum Format: String, CaseIterable {
    case text, json
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
}

/// One run of `copra check`: read and validate, look with the detector's eyes, train for a while, and
/// give one verdict.
struct CheckRun {
  let settings: CheckRunSettings

  func run() async throws -> ExitStatus {
    var (imported, findings) = try await read()
    let input = DetectionInput(imported, from: settings.inputs, by: settings.linter.reader)
    let (samples, hasPictures) = try samples(of: input, for: settings.examined.detector)
    var report = CheckReport(settings, samples: samples)
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
      let errors = LabelErrors(samples.dataset, try await detections(in: path, for: &imported))
      report.labelErrors = errors
      report.findings += errors.findings
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

  /// Reads a file of results. What cannot be read of it is among the findings of what was imported.
  private func detections(
    in path: String, for imported: inout Imported
  ) async throws -> [Detection] {
    let contents = try await DetectionReader(
      tasks: settings.linter.reader.workers.tasks("reading")
    ).read(InputFile(path), source: imported.sources.add(path))
    let faults = contents.findings + contents.rejections.map(\.finding)
    FindingPrinter.print(faults + [contents.fault].compactMap { $0 }, in: imported.sources)
    if contents.fault != nil {
      throw CommandFailure("\(path): expected a list of results in COCO's format")
    }
    return contents.batches.flatMap { $0 }
  }

  /// Looks at all splits: a fault may be in any.
  private func look(at input: DetectionInput, into report: inout CheckReport) async throws {
    var check = AppearanceCheck(try input.samples(ofSplits: [], for: settings.trained.detector))
    check.seed = settings.trained.seed
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
        try report.tell(["training: left out, as it could not change the verdict"])
      } else {
        try await learn(input, into: &report, sources: sources)
      }
    }
    if let folds = settings.folds {
      try await crossTrain(folds, on: input, into: &report, sources: sources)
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
    try report.tell(["training: \(result.verdict.description)"])
    Signals.endIfAsked()
  }

  /// Trains models on all but one part of the pictures each, and holds the labels of that part against
  /// what they find.
  private func crossTrain(
    _ folds: Int, on input: DetectionInput, into report: inout CheckReport, sources: Sources
  ) async throws {
    let detector = settings.trained
    let all = try input.samples(ofSplits: ["train"], for: detector.detector)
    let size = detector.inputSize(usual: SmokeInput.size(for: all).minSize)
    let samples = await SampleContract(all, input: size).check(
      tasks: OrderedTasks(threads: Runtime.threads)
    ).readable.withVisibleKeypoints
    guard samples.count >= folds else {
      throw CommandFailure(
        "--folds \(folds): expected as many pictures that can be read, found \(samples.count)")
    }
    var training = CrossTraining(samples, folds: folds, budget: settings.budget)
    training.seed = detector.seed
    training.isEndingAsked = { Signals.isEndingAsked }
    Signals.deferEnding("the training ends after this step; once more ends it at once")
    let display = TrainingDisplay()
    let found = try await training.detections {
      try detector.make(
        numClasses: samples.labels.count, keypoints: samples.keypoints?.count, input: size)
    } report: { event in
      switch event {
      case .step(let step, _, let left): display.show(.step(step, left: left))
      case .fold(let fold, let steps, let ap50):
        Terminal.message(
          "fold \(fold + 1) of \(folds): AP50 \(ap50.brief(3)) on pictures held out after "
            + "\(steps) steps")
      }
    }
    Signals.endIfAsked()
    let errors = LabelErrors(samples.dataset, found)
    report.labelErrors = errors
    FindingPrinter.print(errors.findings, in: sources)
    report.findings += errors.findings
    try report.tell(CheckText.labelErrors(errors))
  }
}
