import COCO
import Console
import DetectionModels
import Engine
import Glibc
import Importing
import Torch

/// One run of `copra train --smoke`.
struct SmokeRun {
  let command: TrainCommand

  func run() async throws -> ExitStatus {
    var contents = try await command.source.read(command.input)
    let detector = command.model.name ?? DetectorOptions.smokeModel
    let samples = try contents.samples(
      ofSplits: ["train"], hasMasks: DetectorCatalog.hasMasks(detector))
    let sources = contents.imported.sources
    let input = command.model.inputSize(smoke: true)
    var findings = contents.imported.allFindings
    let smoke: SmokeTraining
    do {
      smoke = try SmokeTraining(samples, options: options)
    } catch {
      FindingPrinter.print([error.finding], in: sources)
      throw CommandFailure("a picture cannot be read")
    }
    findings += await SampleContract(smoke.samples, input: input).findings()
    FindingPrinter.print(findings, in: sources)
    for index in 0..<smoke.samples.count {
      let count = smoke.samples.annotations(at: index).count
      Terminal.message("learning \(smoke.samples.image(at: index).fileName) (\(count) objects)")
    }
    Runtime.seed(command.model.seed)
    let model = try DetectorCatalog.make(
      detector, numClasses: samples.labels.count, input: input, weights: command.model.weights)
    let verdict = try await train(model, smoke, sources: sources)
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
    options.training.usesBFloat16 = command.model.precision == .bf16
    if let rate = command.learningRate { options.training.learningRate = rate }
    return options
  }

  private func train(
    _ model: any Detector, _ smoke: SmokeTraining, sources: Sources
  ) async throws -> SmokeVerdict {
    var journal = try TrainingJournal(log: command.log)
    var failure: (any Error)?
    let clock = ContinuousClock()
    let start = clock.now
    let verdict = try await smoke.run(model) { event in
      do {
        switch event {
        case .step(let step):
          try journal.add(step, left: smoke.options.budget - (clock.now - start))
        case .evaluation(_, let ap50, let ap): try journal.add(ap50: ap50, ap: ap)
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
    if let plot = command.plot { try WholeFile.write(Array(journal.chart.svg.utf8), to: plot) }
    if let save = command.save { try DetectorWeights.save(model, to: save) }
    FindingPrinter.print(verdict.findings, in: sources)
    try Terminal.print(verdict.description + "\n")
    return verdict
  }
}

/// Files that appear whole.
enum WholeFile {
  static func write(_ bytes: [UInt8], to path: String) throws {
    let file = try OutputFile(path)
    try file.write(bytes)
    try file.commit()
    Terminal.message("wrote \(path)")
  }
}
