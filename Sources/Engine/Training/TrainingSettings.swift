import Torch

/// What a training does and where it writes.
public struct TrainingSettings: Sendable {
  public var options = TrainingOptions()
  /// How many times all pictures are trained on.
  public var epochs = 26
  /// The most steps in all; nil for as many as the epochs take.
  public var steps: Int?
  public var batchSize = 2
  /// What decides the order and the augmentation of pictures.
  public var seed: UInt64 = 0
  /// How many evaluations in a row may bring no better AP; nil for any number.
  public var patience: Int?
  /// The file for the weights, beside which the checkpoint stands; nil keeps nothing.
  public var save: String?
  /// Whether the training continues from that checkpoint.
  public var resumes = false
  /// The file for a JSON object a step.
  public var log: String?
  /// The file for the curves of loss and AP50, in SVG.
  public var plot: String?

  public init() {}

  /// The path of the checkpoint of a training whose weights go to `save`.
  public static func checkpointPath(of save: String) -> String { save + ".checkpoint" }

  /// The number of steps in all, unless patience ends the training before.
  func totalSteps(perEpoch: Int) -> Int {
    let (all, overflows) = epochs.multipliedReportingOverflow(by: perEpoch)
    return min(overflows ? .max : all, steps ?? .max)
  }
}

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
