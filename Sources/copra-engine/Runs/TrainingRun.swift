import COCO
import Console
import DetectionModels
import Engine
import Torch

/// One run of `copra train`: reads and checks the data, makes the model and trains it.
struct TrainingRun {
  let command: TrainCommand

  func run() async throws -> ExitStatus {
    let detector = try command.model.detector(smoke: false)
    let input = command.model.inputSize(of: detector)
    let inputs = try await TrainingInputs(command, for: input, hasMasks: detector.hasMasks)
    if command.patience != nil, inputs.validation == nil {
      throw CommandFailure("--patience goes by AP on a validation split, which there is none of")
    }
    let samples = inputs.training.samples
    Runtime.seed(command.model.seed)
    let model = try detector.make(
      numClasses: samples.labels.count, input: input, weights: command.model.weights)
    let notes = WeightsNotes(
      model: detector.name, input: input, categories: samples.dataset.categories)
    do {
      try await train(model, inputs, notes)
    } catch let fault as TrainingFault {
      FindingPrinter.print(fault.findings, in: fault.sources)
      return .findings
    } catch is Interrupted {
      Signals.endIfAsked()
    }
    Signals.endIfAsked()
    return inputs.hasErrors ? .findings : .clean
  }

  private func train(
    _ model: some Detector, _ inputs: TrainingInputs, _ notes: WeightsNotes
  ) async throws {
    var loop = try TrainingLoop(model, command: command, inputs: inputs, notes: notes)
    try await loop.run()
  }
}

extension TrainCommand {
  var trainingOptions: TrainingOptions {
    var options = TrainingOptions()
    if let learningRate { options.learningRate = learningRate }
    options.usesBFloat16 = model.precision == .bf16
    return options
  }

  /// How many steps are made in all, unless patience ends before.
  func totalSteps(perEpoch: Int) -> Int {
    let (all, overflows) = epochs.multipliedReportingOverflow(by: perEpoch)
    return min(overflows ? .max : all, steps ?? .max)
  }
}
