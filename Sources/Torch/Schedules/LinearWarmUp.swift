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
