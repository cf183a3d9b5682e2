/// How a learning rate changes while training goes on: a pure function of the number of steps that
/// were made, so that a resumed training needs to remember nothing else.
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
