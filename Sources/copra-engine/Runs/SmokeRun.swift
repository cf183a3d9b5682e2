import COCO
import Console
import DetectionModels
import Engine
import Files
import Glibc
import Formats
import Torch

/// One run of `copra train --smoke`.
struct SmokeRun {
  let command: TrainCommand

  func run() async throws -> ExitStatus {
    var contents = try await command.source.read(command.input)
    let detector = try command.model.detector(smoke: true)
    let all = try contents.samples(ofSplits: ["train"], hasMasks: detector.hasMasks)
    let input = command.model.inputSize(of: detector, usual: SmokeInput.size(for: all).minSize)
    let checked = await SampleContract(all, input: input).check(
      tasks: OrderedTasks(threads: Runtime.threads))
    let samples = checked.readable
    let sources = contents.imported.sources
    var findings = contents.imported.allFindings
    findings += checked.findings.notRepeating(findings)
    var smoke: SmokeTraining
    do {
      smoke = try SmokeTraining(samples, options: options)
    } catch {
      FindingPrinter.print(findings + [error.finding], in: sources)
      return .findings
    }
    FindingPrinter.print(findings, in: sources)
    for index in 0..<smoke.samples.count {
      let count = smoke.samples.annotations(at: index).count
      Terminal.message("learning \(smoke.samples.image(at: index).fileName) (\(count) objects)")
    }
    Terminal.message("pictures are made \(input.minSize) pixels on their shorter side")
    Runtime.seed(command.model.seed)
    let model = try detector.make(
      numClasses: samples.labels.count, input: input, weights: command.model.weights)
    smoke.findings = findings
    smoke.isEndingAsked = { Signals.isEndingAsked }
    let notes = WeightsNotes(
      model: detector.name, input: input, categories: samples.dataset.categories)
    let verdict = try await train(model, smoke, notes, sources: sources)
    Signals.endIfAsked()
    let isClean = !findings.contains { $0.severity == .error }
    return verdict.isLearnt && isClean ? .clean : .findings
  }

  private var options: SmokeOptions {
    var options = SmokeOptions()
    options.images = command.smokeImages
    options.batchSize = command.batchSize
    options.budget = command.budget.duration
    options.steps = command.steps
    options.seed = command.model.seed
    options.training.usesBFloat16 =
      command.model.precision.map { $0 == .bf16 } ?? Runtime.multipliesBFloat16
    if let rate = command.learningRate { options.training.learningRate = rate }
    return options
  }

  private func train(
    _ model: any Detector, _ smoke: SmokeTraining, _ notes: WeightsNotes, sources: Sources
  ) async throws -> SmokeVerdict {
    Signals.deferEnding("the training ends after this step; once more ends it at once")
    let journal = try TrainingJournal(log: command.log, plot: command.plot)
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
    if let save = command.save {
      try DetectorWeights.save(model, to: save, metadata: notes.metadata)
    }
    FindingPrinter.print(verdict.findings, in: sources)
    try Terminal.print(verdict.description + "\n")
    return verdict
  }
}
