import COCO
import Console
import DetectionModels
import Engine
import Glibc
import Importing
import Torch

/// One run of `copra train`: all pictures, epoch by epoch, with a checkpoint after each.
struct TrainingRun {
  let command: TrainCommand
  private let start = ContinuousClock.now

  init(command: TrainCommand) {
    self.command = command
  }

  func run() async throws -> ExitStatus {
    var contents = try await command.source.read(command.input)
    let name = command.model.name ?? DetectorOptions.trainingModel
    let hasMasks = DetectorCatalog.hasMasks(name)
    // Before the splits are put together, where no split is called train.
    let whole = contents
    let samples = try contents.samples(ofSplits: ["train"], hasMasks: hasMasks)
    let input = command.model.inputSize(smoke: false)
    let findings =
      contents.imported.allFindings
      + (await SampleContract(samples, input: input).findings(
        tasks: OrderedTasks(threads: Runtime.threads)))
    FindingPrinter.print(findings, in: contents.imported.sources)
    Runtime.seed(command.model.seed)
    let model = try DetectorCatalog.make(
      name, numClasses: samples.labels.count, input: input, weights: command.model.weights)
    let validation = try await validationSamples(whole, hasMasks: hasMasks)
    do {
      try await train(model, name: name, on: samples, validation)
    } catch let error as NonFiniteLoss {
      FindingPrinter.print(error.findings, in: contents.imported.sources)
      return .findings
    } catch let error as SampleError {
      FindingPrinter.print([error.finding], in: contents.imported.sources)
      return .findings
    }
    return findings.contains { $0.severity == .error } ? .findings : .clean
  }

  /// The samples of `--val`, or of the input's own validation split; nil where there are none.
  private func validationSamples(
    _ input: DatasetInput.Contents, hasMasks: Bool
  ) async throws -> DetectionSamples? {
    let names = ["val", "valid", "validation"]
    if let val = command.val {
      var contents = try await command.source.read(val)
      return try contents.samples(ofSplits: names, hasMasks: hasMasks)
    }
    var contents = input
    guard input.imported.datasets.contains(where: { names.contains($0.split ?? "") }) else {
      return nil
    }
    return try contents.samples(ofSplits: names, hasMasks: hasMasks)
  }

  private func train(
    _ model: some Detector, name: String, on samples: DetectionSamples,
    _ validation: DetectionSamples?
  ) async throws {
    var training = Training(model, options: options)
    if command.resume { try restore(&training, name: name) }
    let plan = BatchPlan(
      batchSize: command.batchSize, groups: AspectRatioGroups.groups(of: samples),
      seed: command.model.seed)
    let loader = Loader(
      samples, plan: plan, augmentation: Augmentation(), threads: Runtime.threads)
    var journal = try TrainingJournal(log: command.log)
    var steps = 0
    while training.epoch < command.epochs, steps < command.steps ?? .max {
      let isDone: Bool
      do {
        isDone = try training.trainOneEpoch(loader) { step in
          steps += 1
          try journal.add(step, left: left(after: steps, perEpoch: step.stepsInEpoch))
          return steps < command.steps ?? .max
        }
      } catch {
        // What was learnt so far is not lost with a picture that vanished.
        try writeCheckpoint(training, name: name)
        throw error
      }
      try writeCheckpoint(training, name: name)
      if let validation, isDone || training.epoch >= command.epochs {
        let scores = try await DetectorEvaluation(validation).evaluate(model)
        try journal.add(ap50: scores.ap50, ap: scores.ap)
      }
    }
    try journal.finish(["event": "end", "epochs": .integer(training.epoch)])
    if let plot = command.plot { try WholeFile.write(Array(journal.chart.svg.utf8), to: plot) }
    if let save = command.save {
      try DetectorWeights.save(model, to: save)
      Terminal.message("wrote \(save)")
    }
  }

  private func left(after steps: Int, perEpoch: Int) -> Duration {
    let total = min(command.epochs * perEpoch, command.steps ?? .max)
    return (ContinuousClock.now - start) * (Double(total - steps) / Double(steps))
  }

  private var options: TrainingOptions {
    var options = TrainingOptions()
    if let rate = command.learningRate { options.learningRate = rate }
    options.usesBFloat16 = command.model.precision == .bf16
    return options
  }

  private func writeCheckpoint(_ training: Training<some Detector>, name: String) throws {
    guard let save = command.save else { return }
    try Checkpoint.write(
      training, notes: ["model": name], to: TrainCommand.checkpointPath(of: save))
  }

  private func restore<Model: Detector>(_ training: inout Training<Model>, name: String) throws {
    guard let save = command.save else { return }
    let checkpoint = try Checkpoint(contentsOf: TrainCommand.checkpointPath(of: save))
    guard checkpoint.notes["model"] == name else {
      throw CommandFailure(
        "\(checkpoint.path) is of the model \(checkpoint.notes["model"] ?? "?"), not of \(name)")
    }
    try checkpoint.restore(&training)
    Terminal.message("goes on after \(training.epoch) epochs and \(training.step) steps")
  }
}
