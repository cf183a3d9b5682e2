import Glibc

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
