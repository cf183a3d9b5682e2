import Glibc

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
