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
    var smoke: SmokeTraining
    do {
      smoke = try SmokeTraining(samples, options: options)
    } catch {
      FindingPrinter.print(findings + [error.finding], in: sources)
      return .findings
    }
    FindingPrinter.print(findings, in: sources)
    CheckedSplit.report(checked.readable, without: samples)
    announce(smoke.samples, size)
    let model = try settings.detector.make(
      numClasses: samples.labels.count, keypoints: samples.keypoints?.count, input: size)
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
    options.training.usesBFloat16 =
      settings.detector.precision.map { $0 == .bf16 } ?? Runtime.multipliesBFloat16
    return options
  }

  private func train(
    _ model: any Detector, _ smoke: SmokeTraining, _ notes: WeightsNotes, sources: Sources
  ) async throws -> SmokeVerdict {
    Signals.deferEnding("the training ends after this step; once more ends it at once")
    let display = TrainingDisplay()
    let journal = try TrainingJournal(log: settings.log, plot: settings.plot) { display.show($0) }
    var failure: (any Error)?
    var steps = 0
    let clock = ContinuousClock()
    let start = clock.now
    let verdict = try await smoke.run(model) { event in
      do {
        switch event {
        case .step(let step):
          steps += 1
          try journal.add(step, steps: steps, left: smoke.options.budget - (clock.now - start))
        case .evaluation(_, let ap50, let ap):
          try journal.add(ap50: ap50, ap: ap, steps: steps)
        }
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    try journal.finish([
      "event": "verdict", "learnt": .bool(verdict.isLearnt), "AP50": .number(verdict.ap50),
      "steps": .integer(verdict.steps), "seconds": .number(verdict.duration / .seconds(1)),
      "reasons": .array(verdict.reasons.map { JSONValue.string($0) }),
    ])
    if let save = settings.save {
      try DetectorWeights.save(model, to: save, metadata: notes.metadata)
    }
    FindingPrinter.print(verdict.findings, in: sources)
    try Terminal.print(verdict.description + "\n")
    return verdict
  }
}
