import COCO
import DetectionMetrics
public import DetectionModels
import Files
import Torch

/// A training loop of a detector, epoch by epoch: steps, evaluations, a checkpoint after each epoch
/// and whenever the training is stopped, and the weights.
public struct TrainingLoop<Model: Detector> {
  private let settings: TrainingSettings
  private let validation: DetectionSamples?
  private let notes: WeightsNotes
  private let observer: TrainingObserver
  private let loader: Loader
  private let stepsInEpoch: Int
  private let checkpoint: TrainingCheckpoint?
  private let journal: TrainingJournal
  private var training: Training<Model>
  private var progress = TrainingProgress()
  /// The number of steps in the checkpoint on disk; nil if there is none.
  private var keptSteps: Int?
  /// The errors of files whose content on disk is outdated.
  private var unwritten = UnwrittenFiles()
  private let leftOut: LeftOutPictures
  private let pace: TrainingPace
  /// Whether all processes end after the last step, since one was requested to.
  private var isEndingAgreed = false

  /// Prepares a training, or restores it from its checkpoint.
  ///
  /// - Parameters:
  ///   - model: The detector to train.
  ///   - samples: The samples to train on.
  ///   - validation: The samples to evaluate on after each epoch.
  ///   - settings: The settings.
  ///   - notes: The notes about the detector for the file of weights.
  ///   - observer: Receives what is reported, and may stop the training.
  /// - Throws: `CheckpointMismatch` for a checkpoint of other settings, `StateError` for one that
  ///   does not fit, `FileError` if the log cannot be written.
  public init(
    _ model: Model, on samples: DetectionSamples, validation: DetectionSamples? = nil,
    settings: TrainingSettings, notes: WeightsNotes, observer: TrainingObserver = TrainingObserver()
  ) throws {
    let loader = settings.loader(of: samples)
    let perEpoch = settings.options.steps(ofBatches: loader.count)
    var settings = settings
    settings.options.cosineSteps = settings.totalSteps(perEpoch: perEpoch)
    self.validation = validation
    self.notes = notes
    let observer = settings.processes?.isFirst == false ? observer.ofFurtherProcess : observer
    self.observer = observer
    self.loader = loader
    stepsInEpoch = perEpoch
    leftOut = LeftOutPictures(report: observer.report)
    checkpoint = settings.save.map {
      TrainingCheckpoint(settings, save: $0, notes: notes, pictures: samples.count)
    }
    training = Training(model, options: settings.options, processes: settings.processes)
    if settings.resumes, let checkpoint {
      progress = try checkpoint.restore(&training, report: observer.report)
    }
    if let processes = settings.processes {
      try processes.copyFirst(model.state.map(\.tensor))
      if !processes.isFirst { (settings.save, settings.log, settings.plot) = (nil, nil, nil) }
    }
    self.settings = settings
    let steps = training.epoch * perEpoch + training.step
    keptSteps = settings.resumes ? steps : nil
    pace = TrainingPace(from: steps, to: settings.totalSteps(perEpoch: perEpoch))
    let past = TrainingLog.Past(steps: steps, evaluatedSteps: progress.evaluatedSteps)
    journal = try TrainingJournal(
      log: settings.log, plot: settings.plot, continuing: settings.resumes ? past : nil,
      report: observer.report)
  }

  /// Trains until the steps are made or patience ends.
  ///
  /// Images that cannot be read are left out and reported. Files that cannot be written do not end
  /// the training, but their error is thrown after it.
  ///
  /// - Throws: `TrainingFault` for a loss that ends the training, `TrainingInterrupted` if the
  ///   observer ends it; the checkpoint holds everything learnt until then. `EngineError` after an
  ///   epoch in which no image could be read.
  public nonisolated(nonsending) mutating func run() async throws {
    reportStart()
    do {
      while true {
        if isEvaluationDue { try await evaluate() }
        if isOver { break }
        try advance()
        if isEndingAgreed || (settings.processes == nil && observer.isEndingAsked()) {
          throw TrainingInterrupted()
        }
      }
      try conclude()
    } catch {
      observer.report(.stopped(epochs: training.epoch, steps: training.step, kept))
      // What stopped the training matters more than a log that cannot be written.
      try? journal.finish(
        "stopped", steps: steps, epochs: training.epoch, after: unwritten.log)
      if var fault = error as? TrainingFault {
        fault.unwritten = unwritten.first
        throw fault
      }
      throw error
    }
    if let error = unwritten.first { throw error }
  }

  /// The number of all steps, those before a resumption included.
  private var steps: Int { training.epoch * stepsInEpoch + training.step }

  private var isAtEnd: Bool {
    training.epoch >= settings.epochs || steps >= settings.steps ?? .max
  }

  private var isOver: Bool { isAtEnd || isPatienceOver }

  private var isPatienceOver: Bool { progress.isOver(patience: settings.patience) }

  private var isEvaluationDue: Bool {
    validation != nil && steps > progress.evaluatedSteps && (training.step == 0 || isAtEnd)
  }

  /// Trains an epoch, or what is left of it, and writes the checkpoint.
  private mutating func advance() throws {
    let (settings, observer, pace, journal, leftOut) = (settings, observer, pace, journal, leftOut)
    var (refused, images) = (unwritten.log, 0)
    let isWhole = training.step == 0
    var isEnding = false
    do {
      _ = try training.trainOneEpoch(loader) { step in
        images += step.images
        if step.images > 0 {
          let left = pace.left(after: step.steps)
          refused = journal.add(step, steps: step.steps, left: left, after: refused)
        }
        isEnding = observer.isEndingAsked()
        if let processes = settings.processes { isEnding = try processes.any(isEnding) }
        return step.steps < settings.steps ?? .max && !isEnding
      } leftOut: {
        leftOut.add($0, isInValidation: false)
      }
    } catch {
      // Batch norm may have counted in what made a loss none.
      if training.isFinite { keep() }
      if let error = error as? NonFiniteLossError { throw TrainingFault(findings: error.findings) }
      throw error
    }
    isEndingAgreed = isEnding
    report(refused)
    keep()
    if isWhole, images == 0, training.step == 0 {
      throw EngineError(
        "expected images, none of \(loader.samples.count) could be read in a whole epoch")
    }
  }

  /// Evaluates on the validation split, and saves weights that are better than all before.
  private nonisolated(nonsending) mutating func evaluate() async throws {
    guard let validation else { return }
    let (isEndingAsked, show) = (observer.isEndingAsked, observer.progress("evaluating"))
    var evaluation = DetectorEvaluation(validation, threads: Runtime.threads) { done, total in
      if isEndingAsked() { throw TrainingInterrupted() }
      show?(done, total)
    }
    evaluation.processes = settings.processes
    // Batch norm counts in what each process has seen.
    try settings.processes?.copyFirst(training.model.state.map(\.tensor))
    let scores = try await evaluation.evaluate(training.model)
    for error in scores.leftOut { leftOut.add(error, isInValidation: true) }
    progress.evaluatedSteps = steps
    // Scores of no picture would say something of the weights.
    guard scores.pictures > 0 else { return }
    report(
      journal.add(
        ap50: scores.ap50, ap: scores.ap, boxAP: scores.boxAP, steps: steps,
        after: unwritten.log))
    let isSettled = !progress.isBest(scores.ap) || saveWeights()
    if try settings.processes?.first(isSettled) ?? isSettled { progress.add(scores.ap) }
  }

  /// Writes the weights; returns false if they cannot be written, which is reported.
  private mutating func saveWeights() -> Bool {
    guard let save = settings.save else { return true }
    do {
      try DetectorWeights.save(training.model, to: save, metadata: notes.metadata)
      unwritten.weights = nil
    } catch {
      unwritten.weights = error
      observer.report(.writeFailed(error))
    }
    return unwritten.weights == nil
  }

  /// Writes the checkpoint. A disk that refuses does not end the training, which would then be
  /// lost: the old checkpoint stays, and the next epoch tries again.
  private mutating func keep() {
    guard let checkpoint, settings.processes?.isFirst ?? true else { return }
    do {
      try checkpoint.write(training, progress)
      keptSteps = steps
      unwritten.checkpoint = nil
    } catch {
      unwritten.checkpoint = error
      observer.report(.checkpointFailed(error))
    }
  }

  /// Reports, once, that the log is not written any more.
  private mutating func report(_ refused: FileError?) {
    guard let refused, unwritten.log == nil else { return }
    unwritten.log = refused
    observer.report(.writeFailed(refused))
  }

  private func reportStart() {
    if settings.resumes {
      observer.report(.resumed(epochs: training.epoch, steps: training.step))
    }
    if loader.plan.batchSize < settings.wholeBatchSize {
      observer.report(.batchTakesAll(pictures: loader.samples.count))
    }
    if !settings.resumes, settings.save == nil { observer.report(.keepsNothing) }
  }

  private mutating func conclude() throws {
    if validation != nil { keep() }
    if isPatienceOver { observer.report(.patienceOver(evaluations: progress.sinceBest)) }
    if let save = settings.save {
      if progress.best == nil {
        if saveWeights() { observer.report(.saved(path: save, bestSteps: nil)) }
      } else {
        observer.report(.saved(path: save, bestSteps: progress.bestSteps))
      }
    }
    try journal.finish("end", steps: steps, epochs: training.epoch, after: unwritten.log)
  }

  /// The part of a stopped training that is on disk.
  private var kept: KeptTraining {
    guard let checkpoint, let keptSteps else {
      return settings.save == nil ? .nothingAskedFor : .nothing
    }
    return keptSteps == steps
      ? .all(checkpoint: checkpoint.path) : .first(steps: keptSteps, checkpoint: checkpoint.path)
  }
}

/// The errors of files that could not be written and are still missing.
private struct UnwrittenFiles {
  var log: FileError?
  var checkpoint: (any Error)?
  var weights: (any Error)?

  var first: (any Error)? { weights ?? checkpoint ?? log }
}

/// The images that a training continues without, each of which is reported once.
private final class LeftOutPictures {
  private let report: (TrainingEvent) -> Void
  private var findings: Set<[String]> = []

  init(report: @escaping (TrainingEvent) -> Void) {
    self.report = report
  }

  func add(_ error: SampleError, isInValidation: Bool) {
    let finding = error.finding
    let isNew = findings.insert([finding.rule, finding.message, "\(isInValidation)"]).inserted
    if isNew { report(.leftOut(finding, isInValidation: isInValidation)) }
  }
}
