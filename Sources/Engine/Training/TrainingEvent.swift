public import COCO
public import Files

/// What a training reports while it runs.
public enum TrainingEvent {
  /// The training continues from a checkpoint after so many epochs and steps of the next one.
  case resumed(epochs: Int, steps: Int)
  /// The checkpoint is of a training on another number of pictures.
  case picturesChanged(checkpoint: String, from: String, to: Int)
  /// A batch takes all pictures, as there are fewer than were asked for.
  case batchTakesAll(pictures: Int)
  /// Nothing of the training will be kept.
  case keepsNothing
  /// A step was made; `left` estimates the time that the rest takes.
  case step(TrainingStep, left: Duration?)
  /// Scores from 0 to 1 after so many steps in all.
  case evaluation(steps: Int, ap50: Double, ap: Double)
  /// The disk refused a checkpoint; the training continues, and the old one stays.
  case checkpointFailed(any Error)
  /// The disk refused the weights of the best AP so far, or the log, which has no more lines.
  case writeFailed(any Error)
  /// A picture cannot be read, and the training continues without it. Each is reported once.
  case leftOut(Finding, isInValidation: Bool)
  /// AP has not risen in so many evaluations, and the training ends.
  case patienceOver(evaluations: Int)
  /// The weights were written: those after `bestSteps` steps, of the best AP, or the last.
  case saved(path: String, bestSteps: Int?)
  /// A signal or a fault stopped the training.
  case stopped(epochs: Int, steps: Int, KeptTraining)
  /// All steps were made; `waiting` is the share of their time that they waited for pictures.
  case finished(steps: Int, waiting: Double)
  /// The curves were written.
  case drawn(path: String)
}

/// What is on the disk of a training that was stopped.
public enum KeptTraining: Sendable, Equatable {
  /// Nothing, as no file for the weights was named.
  case nothingAskedFor
  /// Nothing yet.
  case nothing
  /// All steps.
  case all(checkpoint: String)
  /// The first steps.
  case first(steps: Int, checkpoint: String)
}

/// Whom a training reports to, and who may stop it.
public struct TrainingObserver {
  public var report: (TrainingEvent) -> Void
  /// Returns, after each step, whether the training ends there.
  public var isEndingAsked: @Sendable () -> Bool
  /// Makes what shows the progress of the work of a name; nil shows none.
  public var progress: (String) -> Workers.Progress?

  public init(
    report: @escaping (TrainingEvent) -> Void = { _ in },
    isEndingAsked: @escaping @Sendable () -> Bool = { false },
    progress: @escaping (String) -> Workers.Progress? = { _ in nil }
  ) {
    self.report = report
    self.isEndingAsked = isEndingAsked
    self.progress = progress
  }

  /// The observer of a process beside the first one, which reports nothing but pictures of its own that
  /// are left out.
  var ofFurtherProcess: TrainingObserver {
    TrainingObserver(
      report: { event in if case .leftOut = event { report(event) } }, isEndingAsked: isEndingAsked)
  }
}

/// The record of one step of training.
public struct TrainingStep: Sendable, Equatable {
  /// The epoch, from 0.
  public var epoch: Int
  /// The step in its epoch, from 0.
  public var step: Int
  public var stepsInEpoch: Int
  public var learningRate: Double
  /// The losses by torchvision's names, in its order; means over the pictures of a step of several
  /// batches.
  public var losses: [NamedLoss] = []
  /// How many pictures were learnt; 0 of a step of which none could be read, which changed nothing.
  public var images = 0
  /// The norm of all gradients before they were clipped; nil where they are not clipped.
  public var gradientNorm: Double?
  /// How long the step waited for its pictures.
  public var waiting = Duration.zero
  /// How long it took in all.
  public var duration = Duration.zero

  init(epoch: Int, step: Int, stepsInEpoch: Int, learningRate: Double) {
    self.epoch = epoch
    self.step = step
    self.stepsInEpoch = stepsInEpoch
    self.learningRate = learningRate
  }

  /// The plain sum, which training reduces.
  public var loss: Double { losses.reduce(0) { $0 + $1.value } }

  /// How many steps of all are made with this one.
  var steps: Int { epoch * stepsInEpoch + step + 1 }

  /// Takes up the losses of one of the step's batches.
  mutating func add(_ values: [NamedLoss], images added: Int) {
    let share = Double(added) / Double(images + added)
    losses =
      losses.isEmpty
      ? values
      : zip(losses, values).map { NamedLoss($0.name, $0.value + ($1.value - $0.value) * share) }
    images += added
  }
}

/// One of a detector's losses.
public struct NamedLoss: Sendable, Equatable {
  public var name: String
  public var value: Double

  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}
