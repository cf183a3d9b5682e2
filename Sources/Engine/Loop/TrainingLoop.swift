public import DetectionModels
import Files
import Torch

/// Trains a detector epoch by epoch: steps, evaluations, a checkpoint after each epoch and whenever
/// the training is stopped, and the weights.
public struct TrainingLoop<Model: Detector> {
  private let settings: TrainingSettings
  private let validation: DetectionSamples?
  private let notes: WeightsNotes
  private let observer: TrainingObserver
  private let loader: Loader
  private let checkpoint: TrainingCheckpoint?
  private let journal: TrainingJournal
  private var training: Training<Model>
  private var progress = TrainingProgress()
  /// After how many steps the checkpoint on the disk was written; nil where there is none.
  private var keptSteps: Int?
  private let pace: TrainingPace

  /// Prepares a training, or puts it where its checkpoint stood.
  ///
  /// - Parameters:
  ///   - samples: what is trained on.
  ///   - validation: what is evaluated on after each epoch.
  ///   - notes: what the file of weights says of the detector.
  /// - Throws: `CheckpointMismatch` for a checkpoint of other settings, `StateError` for one that
  ///   does not fit, `FileError` where the log cannot be written.
  public init(
    _ model: Model, on samples: DetectionSamples, validation: DetectionSamples? = nil,
    settings: TrainingSettings, notes: WeightsNotes, observer: TrainingObserver = TrainingObserver()
  ) throws {
    self.settings = settings
    self.validation = validation
    self.notes = notes
    self.observer = observer
    let plan = BatchPlan(
      batchSize: min(settings.batchSize, samples.count),
      groups: AspectRatioGroups.groups(of: samples), seed: settings.seed)
    loader = Loader(samples, plan: plan, augmentation: Augmentation(), threads: Runtime.threads)
    checkpoint = settings.save.map {
      TrainingCheckpoint(settings, save: $0, notes: notes, pictures: samples.count)
    }
    training = Training(model, options: settings.options)
    if settings.resumes, let checkpoint {
      progress = try checkpoint.restore(&training, report: observer.report)
    }
    let steps = training.epoch * loader.count + training.step
    keptSteps = settings.resumes ? steps : nil
    pace = TrainingPace(from: steps, to: settings.totalSteps(perEpoch: loader.count))
    let past = TrainingJournal.Past(steps: steps, evaluatedSteps: progress.evaluatedSteps)
    journal = try TrainingJournal(
      log: settings.log, plot: settings.plot, continuing: settings.resumes ? past : nil,
      report: observer.report)
  }

  /// Trains until the steps are made or patience is over.
  ///
  /// - Throws: `TrainingFault` for a loss or a picture that ends it, `TrainingInterrupted` where the
  ///   observer does; what was learnt until then is in the checkpoint.
  public nonisolated(nonsending) mutating func run() async throws {
    reportStart()
    do {
      while true {
        if isEvaluationDue { try await evaluate() }
        if isOver { break }
        try advance()
        if observer.isEndingAsked() { throw TrainingInterrupted() }
      }
      try conclude()
    } catch {
      observer.report(.stopped(epochs: training.epoch, steps: training.step, kept))
      // What stopped the training matters more than a log that cannot be written.
      try? journal.finish("stopped", steps: steps, epochs: training.epoch)
      throw error
    }
  }

  /// All steps, those before a resumption too.
  private var steps: Int { training.epoch * loader.count + training.step }

  private var isAtEnd: Bool {
    training.epoch >= settings.epochs || steps >= settings.steps ?? .max
  }

  private var isOver: Bool { isAtEnd || isPatienceOver }

  private var isPatienceOver: Bool {
    settings.patience.map { progress.sinceBest > $0 } ?? false
  }

  private var isEvaluationDue: Bool {
    validation != nil && steps > progress.evaluatedSteps && (training.step == 0 || isAtEnd)
  }

  /// Trains an epoch, or what is left of it, and writes the checkpoint.
  private mutating func advance() throws {
    let (journal, settings, observer, pace, first) = (journal, settings, observer, pace, steps)
    var made = 0
    do {
      _ = try training.trainOneEpoch(loader) { step in
        made += 1
        try journal.add(step, steps: first + made, left: pace.left(after: first + made))
        return first + made < settings.steps ?? .max && !observer.isEndingAsked()
      }
    } catch let error as NonFiniteLossError {
      // Batch norm may have counted in what made the loss so.
      if training.isFinite { keep() }
      throw TrainingFault(findings: error.findings)
    } catch {
      // What was learnt so far is not lost with a picture that vanished.
      keep()
      guard let error = error as? SampleError else { throw error }
      throw TrainingFault(findings: [error.finding])
    }
    keep()
  }

  /// Evaluates on the validation split, and saves weights that are better than all before.
  private nonisolated(nonsending) mutating func evaluate() async throws {
    guard let validation else { return }
    let (isEndingAsked, show) = (observer.isEndingAsked, observer.progress("evaluating"))
    let evaluation = DetectorEvaluation(validation, threads: Runtime.threads) { done, total in
      if isEndingAsked() { throw TrainingInterrupted() }
      show?(done, total)
    }
    let scores: DetectorScores
    do {
      scores = try await evaluation.evaluate(training.model)
    } catch let error as SampleError {
      throw TrainingFault(findings: [error.finding], isInValidation: true)
    }
    try journal.add(ap50: scores.ap50, ap: scores.ap, boxAP: scores.boxAP, steps: steps)
    var stop = EarlyStop(patience: 0, best: progress.best, sinceBest: progress.sinceBest)
    let isBest = stop.add(scores.ap)
    progress.evaluatedSteps = steps
    progress.best = stop.best
    progress.sinceBest = stop.sinceBest
    guard isBest else { return }
    progress.bestSteps = steps
    if let save = settings.save {
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
      observer.report(.checkpointFailed(error))
    }
  }

  private func reportStart() {
    if settings.resumes {
      observer.report(.resumed(epochs: training.epoch, steps: training.step))
    }
    if loader.plan.batchSize < settings.batchSize {
      observer.report(.batchTakesAll(pictures: loader.samples.count))
    }
    if !settings.resumes, settings.save == nil { observer.report(.keepsNothing) }
  }

  private mutating func conclude() throws {
    if validation != nil { keep() }
    if isPatienceOver { observer.report(.patienceOver(evaluations: progress.sinceBest)) }
    if let save = settings.save {
      if validation == nil {
        try DetectorWeights.save(training.model, to: save, metadata: notes.metadata)
        observer.report(.saved(path: save, bestSteps: nil))
      } else {
        observer.report(.saved(path: save, bestSteps: progress.bestSteps))
      }
    }
    try journal.finish("end", steps: steps, epochs: training.epoch)
  }

  /// What is on the disk of a training that is stopped.
  private var kept: KeptTraining {
    guard let checkpoint, let keptSteps else {
      return settings.save == nil ? .nothingAskedFor : .nothing
    }
    return keptSteps == steps
      ? .all(checkpoint: checkpoint.path) : .first(steps: keptSteps, checkpoint: checkpoint.path)
  }
}

/// How fast a training is.
private struct TrainingPace {
  private let start = ContinuousClock.now
  private let first: Int
  private let total: Int

  /// Measures from the steps that were made before to all that are to be made.
  init(from first: Int, to total: Int) {
    self.first = first
    self.total = total
  }

  /// Returns how long the rest will take at the pace so far.
  func left(after steps: Int) -> Duration {
    (ContinuousClock.now - start) * (Double(max(total - steps, 0)) / Double(max(steps - first, 1)))
  }
}
