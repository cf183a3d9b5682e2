import Glibc

/// A schedule of the learning rate: a pure function of the number of steps made, so that a resumed
/// training need not store anything else.
///
/// A step is a unit that the caller counts, such as a batch or an epoch.
public protocol Schedule: Sendable {
  /// Returns the factor of the initial learning rate after a number of steps.
  func factor(at step: Int) -> Double
}

extension Schedule {
  /// Returns this schedule with a linear warm-up over the first steps from a fraction of the rate,
  /// as in the first epoch of torchvision's detection reference.
  public func warmedUp(from startFactor: Double, over steps: Int) -> Chained {
    Chained(LinearWarmUp(from: startFactor, over: steps), self)
  }
}

/// A schedule whose factor is the product of several schedules'
/// (`torch.optim.lr_scheduler.ChainedScheduler`).
public struct Chained: Schedule {
  /// The schedules that are multiplied.
  public let schedules: [any Schedule]

  /// Creates the product of schedules.
  public init(_ schedules: any Schedule...) {
    self.schedules = schedules
  }

  /// Returns the product of the schedules' factors after a number of steps.
  public func factor(at step: Int) -> Double {
    schedules.reduce(1) { $0 * $1.factor(at: step) }
  }
}

/// A schedule that multiplies the learning rate by `gamma` after every `stepSize` steps
/// (`torch.optim.lr_scheduler.StepLR`).
public struct StepLR: Schedule {
  /// The number of steps between changes.
  public let stepSize: Int
  /// The factor of each change.
  public let gamma: Double

  /// Creates a schedule; traps for fewer than 1 step between changes.
  public init(every stepSize: Int, gamma: Double = 0.1) {
    precondition(stepSize > 0, "expected 1 step or more between changes, found \(stepSize)")
    self.stepSize = stepSize
    self.gamma = gamma
  }

  /// Returns `gamma` to the power of the changes made after a number of steps.
  public func factor(at step: Int) -> Double {
    pow(gamma, Double(step / stepSize))
  }
}

/// A schedule that multiplies the learning rate by `gamma` at each of some steps
/// (`torch.optim.lr_scheduler.MultiStepLR`).
public struct MultiStepLR: Schedule {
  /// The steps at which the rate changes.
  public let milestones: [Int]
  /// The factor of each change.
  public let gamma: Double

  /// Creates a schedule from its milestones.
  public init(at milestones: [Int], gamma: Double = 0.1) {
    self.milestones = milestones
    self.gamma = gamma
  }

  /// Returns `gamma` to the power of the milestones reached after a number of steps.
  public func factor(at step: Int) -> Double {
    pow(gamma, Double(milestones.count { $0 <= step }))
  }
}

/// A schedule that lowers the learning rate along half a cosine (Loshchilov and Hutter, 2017;
/// `torch.optim.lr_scheduler.CosineAnnealingLR`). After the last step it rises again with the
/// cosine.
public struct CosineAnnealing: Schedule {
  /// The number of steps down to the minimum.
  public let steps: Int
  /// The factor after the last step; PyTorch's `eta_min` is a rate instead.
  public let minimumFactor: Double

  /// Creates a schedule; traps for fewer than 1 step.
  public init(over steps: Int, to minimumFactor: Double = 0) {
    precondition(steps > 0, "expected 1 step or more to anneal over, found \(steps)")
    self.steps = steps
    self.minimumFactor = minimumFactor
  }

  /// Returns the factor of the cosine after a number of steps.
  public func factor(at step: Int) -> Double {
    let share = (1 + cos(.pi * Double(step) / Double(steps))) / 2
    return minimumFactor + (1 - minimumFactor) * share
  }
}

/// A schedule that raises the learning rate linearly from a fraction to the whole over the first
/// steps (`torch.optim.lr_scheduler.LinearLR` with an end factor of 1).
///
/// Over 0 steps the rate is whole from the start; PyTorch would keep the fraction.
public struct LinearWarmUp: Schedule {
  /// The factor before the first step.
  public let startFactor: Double
  /// The number of steps until the factor is 1.
  public let steps: Int

  /// Creates a warm-up; the defaults are PyTorch's.
  public init(from startFactor: Double = 1.0 / 3, over steps: Int = 5) {
    self.startFactor = startFactor
    self.steps = steps
  }

  /// Returns the factor of the warm-up after a number of steps.
  public func factor(at step: Int) -> Double {
    guard step < steps else { return 1 }
    return startFactor + (1 - startFactor) * Double(step) / Double(steps)
  }
}
