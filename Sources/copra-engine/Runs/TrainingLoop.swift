import COCO
import Console
import DetectionModels
import Engine
import Files
import Torch

/// The epochs of `copra train`: steps, evaluations, a checkpoint after each epoch and whenever the
/// training is stopped, and the weights.
struct TrainingLoop<Model: Detector> {
  private let command: TrainCommand
  private let inputs: TrainingInputs
  private let notes: WeightsNotes
  private let loader: Loader
  private let checkpoint: TrainingCheckpoint?
  private let journal: TrainingJournal
  private var training: Training<Model>
  private var progress = TrainingCheckpoint.Progress()
  /// After how many steps the checkpoint was written that is on the disk; nil where there is none.
  private var keptSteps: Int?
  private let pace: TrainingPace

  init(
    _ model: Model, command: TrainCommand, inputs: TrainingInputs, notes: WeightsNotes
  ) throws {
    self.command = command
    self.inputs = inputs
    self.notes = notes
    let samples = inputs.training.samples
    let plan = BatchPlan(
      batchSize: min(command.batchSize, samples.count),
      groups: AspectRatioGroups.groups(of: samples), seed: command.model.seed)
    loader = Loader(samples, plan: plan, augmentation: Augmentation(), threads: Runtime.threads)
    checkpoint = command.save.map {
      TrainingCheckpoint(command, save: $0, notes: notes, pictures: samples.count)
    }
    training = Training(model, options: command.trainingOptions)
    if command.resume, let checkpoint {
      progress = try checkpoint.restore(&training)
    }
    let steps = training.epoch * loader.count + training.step
    keptSteps = command.resume ? steps : nil
    pace = TrainingPace(from: steps, to: command.totalSteps(perEpoch: loader.count))
    journal = try TrainingJournal(
      log: command.log, plot: command.plot,
      continuing: command.resume
        ? TrainingJournal.Past(steps: steps, evaluatedSteps: progress.evaluatedSteps) : nil)
  }

  /// - Throws: `TrainingFault` for a loss or a picture that ends it, `Interrupted` where a signal
  ///   does; what was learnt until then is in the checkpoint.
  mutating func run() async throws {
    tellStart()
    Signals.deferEnding("the training ends after this step; once more ends it at once")
    do {
      while true {
        if isEvaluationDue { try await evaluate() }
        if isOver { break }
        try advance()
        if Signals.isEndingAsked { throw Interrupted() }
      }
      try conclude()
    } catch {
      journal.message(kept)
      // What stopped the training matters more than a log that cannot be written.
      try? journal.finish("stopped", steps: steps, epochs: training.epoch)
      throw error
    }
  }

  /// All steps, those before a resumption too.
  private var steps: Int { training.epoch * loader.count + training.step }

  private var isAtEnd: Bool {
    training.epoch >= command.epochs || steps >= command.steps ?? .max
  }

  private var isOver: Bool { isAtEnd || isPatienceOver }

  private var isPatienceOver: Bool {
    command.patience.map { progress.sinceBest > $0 } ?? false
  }

  private var isEvaluationDue: Bool {
    inputs.validation != nil && steps > progress.evaluatedSteps && (training.step == 0 || isAtEnd)
  }

  /// Trains an epoch, or what is left of it, and writes the checkpoint.
  private mutating func advance() throws {
    let (journal, command, pace, first) = (journal, command, pace, steps)
    var made = 0
    do {
      _ = try training.trainOneEpoch(loader) { step in
        made += 1
        try journal.add(step, steps: first + made, left: pace.left(after: first + made))
        return first + made < command.steps ?? .max && !Signals.isEndingAsked
      }
    } catch let error as NonFiniteLoss {
      // Batch norm may have counted in what made the loss so.
      if training.isFinite { keep() }
      throw TrainingFault(findings: error.findings, sources: inputs.training.sources)
    } catch {
      // What was learnt so far is not lost with a picture that vanished.
      keep()
      guard let error = error as? SampleError else { throw error }
      throw TrainingFault(findings: [error.finding], sources: inputs.training.sources)
    }
    keep()
  }

  /// Evaluates on the validation split, and saves weights that are better than all before.
  private mutating func evaluate() async throws {
    guard let validation = inputs.validation else { return }
    let bar = ProgressBar.shown("evaluating")
    let evaluation = DetectorEvaluation(validation.samples, threads: Runtime.threads) {
      done, total in
      if Signals.isEndingAsked { throw Interrupted() }
      bar?(done, total)
    }
    let scores: DetectorScores
    do {
      scores = try await evaluation.evaluate(training.model)
    } catch let error as SampleError {
      throw TrainingFault(findings: [error.finding], sources: validation.sources)
    }
    try journal.add(ap50: scores.ap50, ap: scores.ap, steps: steps)
    var stop = EarlyStop(patience: 0, best: progress.best, sinceBest: progress.sinceBest)
    let isBest = stop.add(scores.ap)
    progress.evaluatedSteps = steps
    progress.best = stop.best
    progress.sinceBest = stop.sinceBest
    guard isBest else { return }
    progress.bestSteps = steps
    if let save = command.save {
      try DetectorWeights.save(training.model, to: save, metadata: notes.metadata)
    }
  }

  /// Writes the checkpoint. A disk that refuses does not end the training, which would then be
  /// lost: the old checkpoint stays, and the next epoch tries again.
  private mutating func keep() {
    guard let checkpoint else { return }
    do {
      try checkpoint.write(training, progress)
      keptSteps = steps
    } catch {
      journal.message("error: no checkpoint was written: \(error)")
    }
  }

  private func tellStart() {
    if command.resume {
      journal.message("goes on after \(training.epoch) epochs and \(training.step) steps")
    }
    if loader.plan.batchSize < command.batchSize {
      journal.message("a batch takes all \(loader.samples.count) pictures: there are no more")
    }
    if !command.resume, command.save == nil {
      journal.message("nothing of this training will be kept: --save says where the weights go")
    }
  }

  private mutating func conclude() throws {
    if inputs.validation != nil { keep() }
    if isPatienceOver {
      journal.message("AP has not risen in \(progress.sinceBest) evaluations: training ends")
    }
    if let save = command.save {
      if inputs.validation == nil {
        try DetectorWeights.save(training.model, to: save, metadata: notes.metadata)
        journal.message("wrote \(save)")
      } else {
        journal.message("wrote \(save): those after \(progress.bestSteps) steps, of the best AP")
      }
    }
    try journal.finish("end", steps: steps, epochs: training.epoch)
  }

  /// What is kept of a training that is stopped, in words.
  private var kept: String {
    let done = "stopped after \(training.epoch) epochs and \(training.step) steps"
    guard let checkpoint, let keptSteps else {
      return "\(done); nothing of them is kept"
        + (command.save == nil ? ": --save was not given" : "")
    }
    let reach = keptSteps == steps ? "" : " the first \(keptSteps) steps"
    return "\(done); \(checkpoint.path) holds\(reach.isEmpty ? " them" : reach), and the same "
      + "command with --resume goes on from there"
  }
}

/// What ended a training before its time, as findings with their places.
struct TrainingFault: Error {
  let findings: [Finding]
  /// What the places refer to.
  let sources: Sources
}

/// A signal ended a training.
struct Interrupted: Error {}

/// How fast a training goes.
struct TrainingPace {
  private let start = ContinuousClock.now
  private let first: Int
  private let total: Int

  /// From the steps that were made before to all that are to be made.
  init(from first: Int, to total: Int) {
    self.first = first
    self.total = total
  }

  /// How long the rest will take at the pace so far.
  func left(after steps: Int) -> Duration {
    (ContinuousClock.now - start) * (Double(max(total - steps, 0)) / Double(max(steps - first, 1)))
  }
}
