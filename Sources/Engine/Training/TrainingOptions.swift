import Torch

/// How a detector is trained. The defaults are those of torchvision's detection reference for one
/// processor, whose rate of 0.02 is meant for 8.
public struct TrainingOptions: Sendable, Codable, Equatable {
  public var optimizer = OptimizerChoice.sgd
  public var learningRate = OptimizerChoice.sgd.learningRate
  /// The share of the last change that SGD makes again.
  public var momentum = 0.9
  public var weightDecay = 1e-4
  public var schedule = ScheduleChoice.step
  /// The epochs at whose start the rate of the schedule `step` falls to a tenth.
  public var milestones = [16, 22]
  /// The steps over which the rate of the schedule `cosine` falls to 0; nil where it stays.
  public var cosineSteps: Int?
  /// What the rate starts from in the first epoch, as a share of itself.
  public var warmUpFactor = 1.0 / 1000
  /// The most steps over which the rate rises to its whole; the first epoch may have fewer.
  public var warmUpSteps = 1000
  /// How many batches make up one step: their gradients are added before the weights change.
  ///
  /// A step of several batches equals one of a single batch of all their pictures, but for batch norm
  /// and where a detector samples other numbers of regions of the one and the other.
  public var accumulatedBatches = 1
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
    let factor = scheduledFactor(epoch: epoch, steps: epoch * stepsInEpoch + step)
    guard epoch == 0 else { return factor }
    let warmUp = LinearWarmUp(from: warmUpFactor, over: min(warmUpSteps, stepsInEpoch - 1))
    return factor * warmUp.factor(at: step)
  }

  private func scheduledFactor(epoch: Int, steps: Int) -> Double {
    switch schedule {
    case .step: MultiStepLR(at: milestones).factor(at: epoch)
    case .cosine:
      cosineSteps.map { CosineAnnealing(over: max($0, 1)).factor(at: min(steps, $0)) } ?? 1
    case .constant: 1
    }
  }

  /// Returns how many steps an epoch of so many batches has; the last may have fewer batches.
  func steps(ofBatches count: Int) -> Int {
    (count + accumulatedBatches - 1) / accumulatedBatches
  }

  /// Makes the optimiser of some parameters.
  func makeOptimizer(of parameters: [Tensor]) -> any Optimizer {
    switch optimizer {
    case .sgd:
      SGD(
        parameters, learningRate: learningRate, momentum: momentum, weightDecay: weightDecay)
    case .adamw: AdamW(parameters, learningRate: learningRate, weightDecay: weightDecay)
    }
  }
}

/// The optimisers that a detector can be trained by.
public enum OptimizerChoice: String, Sendable, Codable, CaseIterable {
  case sgd, adamw

  /// The rate where nobody says another: of SGD that of torchvision's reference, of AdamW that of
  /// DETR (Carion et al., 2020).
  public var learningRate: Double {
    switch self {
    case .sgd: 0.02 / 8
    case .adamw: 1e-4
    }
  }

  /// How many numbers are remembered of each that is trained.
  var memory: Int {
    switch self {
    case .sgd: 1
    case .adamw: 2
    }
  }
}

/// How the learning rate falls while a detector is trained.
public enum ScheduleChoice: String, Sendable, Codable, CaseIterable {
  /// To a tenth at each milestone, `MultiStepLR` of the reference.
  case step
  /// Along half a cosine to 0 at the last step: at the start of each epoch what `CosineAnnealingLR`
  /// of the reference gives.
  case cosine
  /// Not at all.
  case constant
}
