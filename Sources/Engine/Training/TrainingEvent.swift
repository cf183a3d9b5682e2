public import COCO
public import Files

/// An event that a training reports while it runs.
public enum TrainingEvent {
  /// The training continues from a checkpoint after this number of epochs and of steps of the next
  /// one.
  case resumed(epochs: Int, steps: Int)
  /// The checkpoint is of a training on another number of images.
  case picturesChanged(checkpoint: String, from: String, to: Int)
  /// A batch takes all images, since there are fewer than requested.
  case batchTakesAll(pictures: Int)
  /// Nothing of the training will be kept.
  case keepsNothing
  /// A step was made; `left` estimates the time that the rest takes.
  case step(TrainingStep, left: Duration?)
  /// The scores, 0 … 1, after a number of steps in all.
  case evaluation(steps: Int, ap50: Double, ap: Double)
  /// The checkpoint could not be written; the training continues, and the old one stays.
  case checkpointFailed(any Error)
  /// The weights of the best AP so far could not be written, or the log, which gets no more lines.
  case writeFailed(any Error)
  /// An image cannot be read, and the training continues without it. Each is reported once.
  case leftOut(Finding, isInValidation: Bool)
  /// AP has not risen in this number of evaluations, and the training ends.
  case patienceOver(evaluations: Int)
  /// The weights were written: those of the best AP after `bestSteps` steps, or the last.
  case saved(path: String, bestSteps: Int?)
  /// A signal or a fault stopped the training.
  case stopped(epochs: Int, steps: Int, KeptTraining)
  /// All steps were made; `waiting` is the share of their time spent waiting for images.
  case finished(steps: Int, waiting: Double)
  /// The curves were written.
  case drawn(path: String)
}

/// The part of a stopped training that is on disk.
public enum KeptTraining: Sendable, Equatable {
  /// Nothing, since no file for the weights was named.
  case nothingAskedFor
  /// Nothing yet.
  case nothing
  /// All steps.
  case all(checkpoint: String)
  /// The first steps.
  case first(steps: Int, checkpoint: String)
}

/// The receiver of a training's reports, which may also stop it.
public struct TrainingObserver {
  /// Receives each event.
  public var report: (TrainingEvent) -> Void
  /// Returns, after each step, whether the training ends there.
  public var isEndingAsked: @Sendable () -> Bool
  /// Makes the progress display for the work of a name; returns nil to show none.
  public var progress: (String) -> Workers.Progress?

  /// Creates an observer; by default it ignores all events and never stops a training.
  public init(
    report: @escaping (TrainingEvent) -> Void = { _ in },
    isEndingAsked: @escaping @Sendable () -> Bool = { false },
    progress: @escaping (String) -> Workers.Progress? = { _ in nil }
  ) {
    self.report = report
    self.isEndingAsked = isEndingAsked
    self.progress = progress
  }

  /// The observer of a process other than the first, which reports only its own images that are
  /// left out.
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
  /// The number of steps in the epoch.
  public var stepsInEpoch: Int
  /// The learning rate of the step.
  public var learningRate: Double
  /// The losses by torchvision's names, in its order; their means over the images in a step of
  /// several batches.
  public var losses: [NamedLoss] = []
  /// The number of images learnt; 0 for a step of which none could be read, which changed nothing.
  public var images = 0
  /// The norm of all gradients before clipping; nil if they are not clipped.
  public var gradientNorm: Double?
  /// The time that the step waited for its images.
  public var waiting = Duration.zero
  /// The duration of the step, waiting included.
  public var duration = Duration.zero

  init(epoch: Int, step: Int, stepsInEpoch: Int, learningRate: Double) {
    self.epoch = epoch
    self.step = step
    self.stepsInEpoch = stepsInEpoch
    self.learningRate = learningRate
  }

  /// The plain sum of the losses, which training minimises.
  public var loss: Double { losses.reduce(0) { $0 + $1.value } }

  /// Returns the number of steps made in all, this one included.
  var steps: Int { epoch * stepsInEpoch + step + 1 }

  /// Adds the losses of one of the step's batches.
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
  /// The name in torchvision.
  public var name: String
  /// The value.
  public var value: Double

  /// Creates a loss.
  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}
