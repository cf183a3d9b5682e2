import Glibc

/// How a learning rate changes during training: a pure function of the number of steps that were
/// made, so that a resumed training needs to remember nothing else.
///
/// A step is whatever the caller counts: batches, or epochs.
public protocol Schedule: Sendable {
  /// What the learning rate that training starts from is multiplied by after so many steps.
  func factor(at step: Int) -> Double
}

extension Schedule {
  /// This schedule, while the rate also rises linearly from a share of itself over the first steps:
  /// what torchvision's detection reference does in its first epoch.
  public func warmedUp(from startFactor: Double, over steps: Int) -> Chained {
    Chained(LinearWarmUp(from: startFactor, over: steps), self)
  }
}

/// Schedules that work at the same time: the product of their factors
/// (`torch.optim.lr_scheduler.ChainedScheduler`).
public struct Chained: Schedule {
  public let schedules: [any Schedule]

  public init(_ schedules: any Schedule...) {
    self.schedules = schedules
  }

  public func factor(at step: Int) -> Double {
    schedules.reduce(1) { $0 * $1.factor(at: step) }
  }
}

/// Multiplies the learning rate by `gamma` every so many steps (`torch.optim.lr_scheduler.StepLR`).
public struct StepLR: Schedule {
  public let stepSize: Int
  public let gamma: Double

  public init(every stepSize: Int, gamma: Double = 0.1) {
    precondition(stepSize > 0, "expected 1 step or more between changes, found \(stepSize)")
    self.stepSize = stepSize
    self.gamma = gamma
  }

  public func factor(at step: Int) -> Double {
    pow(gamma, Double(step / stepSize))
  }
}

/// Multiplies the learning rate by `gamma` at each of some steps
/// (`torch.optim.lr_scheduler.MultiStepLR`).
public struct MultiStepLR: Schedule {
  public let milestones: [Int]
  public let gamma: Double

  public init(at milestones: [Int], gamma: Double = 0.1) {
    self.milestones = milestones
    self.gamma = gamma
  }

  public func factor(at step: Int) -> Double {
    pow(gamma, Double(milestones.count { $0 <= step }))
  }
}

/// Lowers the learning rate along half a cosine (Loshchilov and Hutter, 2017;
/// `torch.optim.lr_scheduler.CosineAnnealingLR`). After the last step it rises again as the cosine
/// does.
public struct CosineAnnealing: Schedule {
  public let steps: Int
  /// The factor after the last step; PyTorch's `eta_min` is a rate instead.
  public let minimumFactor: Double

  public init(over steps: Int, to minimumFactor: Double = 0) {
    precondition(steps > 0, "expected 1 step or more to anneal over, found \(steps)")
    self.steps = steps
    self.minimumFactor = minimumFactor
  }

  public func factor(at step: Int) -> Double {
    let share = (1 + cos(.pi * Double(step) / Double(steps))) / 2
    return minimumFactor + (1 - minimumFactor) * share
  }
}

/// Raises the learning rate linearly from a share of itself to its whole over the first steps
/// (`torch.optim.lr_scheduler.LinearLR` with an end factor of 1).
///
/// Over no steps the rate is whole from the start; PyTorch would leave it at the share for ever.
public struct LinearWarmUp: Schedule {
  public let startFactor: Double
  public let steps: Int

  public init(from startFactor: Double = 1.0 / 3, over steps: Int = 5) {
    self.startFactor = startFactor
    self.steps = steps
  }

  public func factor(at step: Int) -> Double {
    guard step < steps else { return 1 }
    return startFactor + (1 - startFactor) * Double(step) / Double(steps)
  }
}
