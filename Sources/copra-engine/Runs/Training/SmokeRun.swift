import COCO
import Console
import Datasets
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
  var outputs = SmokeOutputs()
}

/// One run of `copra train --smoke`.
struct SmokeRun {
  let settings: SmokeRunSettings

  func run() async throws -> ExitStatus {
    let input = try await DetectionInput(settings.inputs, reader: settings.reader)
    let samples = try input.samples(ofSplits: ["train"], for: settings.detector.detector)
    var look = AppearanceCheck(try input.samples(ofSplits: [], for: settings.detector.detector))
    look.pictures = settings.smoke.picturesLookedAt
    look.seed = settings.detector.seed
    let trial = SmokeTrial(
      name: input.name, detector: settings.detector, options: settings.smoke,
      outputs: settings.outputs,
      appearance: await look.run(tasks: OrderedTasks(threads: Runtime.threads)))
    let result = try await trial.run(
      on: samples, findings: input.imported.allFindings, sources: input.imported.sources)
    try Terminal.print(result.verdict.description + "\n")
    if let failure = result.unwritten { throw failure }
    Signals.endIfAsked()
    switch result.verdict.outcome {
    case .learnt where result.isClean: return .clean
    case .undecided where result.isClean, .learntByHeart where result.isClean: return .undecided
    case .learnt, .learntByHeart, .notLearnt, .undecided: return .findings
    }
  }
}
