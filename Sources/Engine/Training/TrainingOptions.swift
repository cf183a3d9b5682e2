import Torch

/// How a detector is trained. The defaults are those of torchvision's detection reference for one
/// processor, whose rate of 0.02 is meant for 8.
public struct TrainingOptions: Sendable, Codable, Equatable {
  public var learningRate = 0.02 / 8
  public var momentum = 0.9
  public var weightDecay = 1e-4
  /// The epochs at whose start the rate falls to a tenth.
  public var milestones = [16, 22]
  /// What the rate starts from in the first epoch, as a share of itself.
  public var warmUpFactor = 1.0 / 1000
  /// The most steps over which the rate rises to its whole; the first epoch may have fewer.
  public var warmUpSteps = 1000
  /// What the norm of all gradients is brought down to; nil for no clipping.
  public var greatestGradientNorm: Double?
  /// Whether convolutions and matrix products are done in bf16 (autocast).
  public var usesBFloat16 = false

  public init() {}

  /// What the rate is multiplied by at a step of an epoch, both from 0.
  ///
  /// The warm-up ends within the first epoch also where that has one batch, in which the reference
  /// stays at a thousandth of the rate for ever.
  public func learningRateFactor(epoch: Int, step: Int, stepsInEpoch: Int) -> Double {
    let factor = MultiStepLR(at: milestones).factor(at: epoch)
    guard epoch == 0 else { return factor }
    let warmUp = LinearWarmUp(from: warmUpFactor, over: min(warmUpSteps, stepsInEpoch - 1))
    return factor * warmUp.factor(at: step)
  }
}
