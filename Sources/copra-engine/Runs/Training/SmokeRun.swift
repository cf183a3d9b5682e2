import COCO
import Console
import Datasets
import DetectionModels
import Engine
import Files
import Formats
import Torch

/// What a smoke training reads, and how it trains.
struct SmokeRunSettings {
  var inputs: [String]
  var reader: DatasetReader
  var detector: DetectorSettings
  var smoke = SmokeOptions()
  /// The files for the weights, for a JSON object a step, and for the curves.
  var save: String?
  var log: String?
  var plot: String?
}

/// One run of `copra train --smoke`.
struct SmokeRun {
  let settings: SmokeRunSettings

  func run() async throws -> ExitStatus {
    let input = try await DetectionInput(settings.inputs, reader: settings.reader)
    let detector = settings.detector.detector
    let all = try input.samples(ofSplits: ["train"], for: detector)
    let size = settings.detector.inputSize(usual: SmokeInput.size(for: all).minSize)
    let checked = await SampleContract(all, input: size).check(
      tasks: OrderedTasks(threads: Runtime.threads))
    let samples = checked.readable.withVisibleKeypoints
    let sources = input.imported.sources
    var findings = input.imported.allFindings
    findings += checked.findings.notRepeating(findings)
    let nothing = samples.count == 0 ? nil : checked.objects.nothingToLearn
    if let nothing {
      FindingPrinter.print(findings, in: sources)
      throw CommandFailure("\(input.name): \(nothing)")
    }
    var smoke = SmokeTraining(samples, options: options)
    findings += smoke.leftOut
    FindingPrinter.print(findings, in: sources)
    guard smoke.samples.count > 0 else {
      throw CommandFailure(
        "\(input.name): expected pictures with objects, found none that can be read")
    }
    CheckedSplit.report(checked.readable, without: samples)
    announce(smoke.samples, size)
    let model = try settings.detector.make(
      numClasses: samples.labels.count, keypoints: samples.keypoints?.count, input: size)
    smoke.options.training.usesBFloat16 = usesBFloat16(model, smoke)
    smoke.findings = findings
    smoke.isEndingAsked = { Signals.isEndingAsked }
    let notes = WeightsNotes(
      model: detector.name, input: size, categories: samples.dataset.categories)
    let verdict = try await train(model, smoke, notes, sources: sources)
    Signals.endIfAsked()
    let isClean = !findings.contains { $0.severity == .error }
    return verdict.isLearnt && isClean ? .clean : .findings
  }

  private func announce(_ samples: DetectionSamples, _ size: InputSize) {
    for index in 0..<samples.count {
      let count = samples.annotations(at: index).count
      Terminal.message("learning \(samples.image(at: index).fileName) (\(count) objects)")
    }
    Terminal.message("pictures are made \(size.minSize) pixels on their shorter side")
  }

  private var options: SmokeOptions {
    var options = settings.smoke
    options.seed = settings.detector.seed
    return options
  }

  /// Whether bf16 is asked for, or the faster where that is to be found out.
  private func usesBFloat16(_ model: some Detector, _ smoke: SmokeTraining) -> Bool {
    switch settings.detector.precision ?? .auto {
    case .fp32: return false
    case .bf16: return true
    case .auto:
      guard Runtime.multipliesBFloat16 else {
        Terminal.message("precision fp32: the processor has no instructions for bf16")
        return false
      }
      return smoke.precisionTrial(of: model).chosen()
    }
  }

  private func train(
    _ model: any Detector, _ smoke: SmokeTraining, _ notes: WeightsNotes, sources: Sources
  ) async throws -> SmokeVerdict {
    Signals.deferEnding("the training ends after this step; once more ends it at once")
    let display = TrainingDisplay()
    let journal = try TrainingJournal(log: settings.log, plot: settings.plot) { display.show($0) }
    var failure: FileError?
    var steps = 0
    let clock = ContinuousClock()
    let start = smoke.options.start ?? clock.now
    let verdict = try await smoke.run(model) { event in
      switch event {
      case .step(let step):
        steps += 1
        let left = smoke.options.budget - (clock.now - start)
        failure = journal.add(step, steps: steps, left: left, after: failure)
      case .evaluation(_, let ap50, let ap):
        failure = journal.add(ap50: ap50, ap: ap, steps: steps, after: failure)
      }
    }
    let ending: JSONObject = [
      "event": "verdict", "learnt": .bool(verdict.isLearnt), "AP50": .number(verdict.ap50),
      "steps": .integer(verdict.steps), "seconds": .number(verdict.duration / .seconds(1)),
      "reasons": .array(verdict.reasons.map { JSONValue.string($0) }),
    ]
    try journal.finish(ending, after: failure)
    if let save = settings.save {
      try DetectorWeights.save(model, to: save, metadata: notes.metadata)
    }
    FindingPrinter.print(verdict.findings, in: sources)
    try Terminal.print(verdict.description + "\n")
    if let failure { throw failure }
    return verdict
  }
}
