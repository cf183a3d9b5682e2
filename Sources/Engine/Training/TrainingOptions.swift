import Torch

/// The options of a detector's training. The defaults are those of torchvision's detection
/// reference for one processor, whose rate of 0.02 is meant for 8.
public struct TrainingOptions: Sendable, Codable, Equatable {
  /// The optimiser.
  public var optimizer = OptimizerChoice.sgd
  /// The learning rate before schedule and warm-up.
  public var learningRate = OptimizerChoice.sgd.learningRate
  /// The share of the last update that SGD repeats.
  public var momentum = 0.9
  /// The factor of weight decay.
  public var weightDecay = 1e-4
  /// The schedule of the learning rate.
  public var schedule = ScheduleChoice.step
  /// The epochs at whose start the rate of the schedule `step` falls to a tenth.
  public var milestones = [16, 22]
  /// The number of steps over which the rate of the schedule `cosine` falls to 0; nil for a
  /// constant rate.
  public var cosineSteps: Int?
  /// The share of the rate at which the first epoch starts.
  public var warmUpFactor = 1.0 / 1000
  /// The most steps over which the rate rises to its full value; the first epoch may have fewer.
  public var warmUpSteps = 1000
  /// The number of batches in one step: their gradients are added before the weights change.
  ///
  /// A step of several batches equals one of a single batch of all their images, except for batch
  /// norm and if a detector samples other numbers of regions for the two.
  public var accumulatedBatches = 1
  /// The norm that all gradients together are clipped to; nil for no clipping.
  public var greatestGradientNorm: Double?
  /// Whether convolutions and matrix products are computed in bf16 (autocast).
  public var usesBFloat16 = false

  /// Creates the default options.
  public init() {}

  /// Returns the factor of the rate at a step of an epoch, both from 0.
  ///
  /// The warm-up ends within the first epoch even if that has one batch; the reference then stays
  /// at a thousandth of the rate.
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

  /// Returns the number of steps in an epoch of this number of batches; the last may have fewer
  /// batches.
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

/// The optimisers that can train a detector.
public enum OptimizerChoice: String, Sendable, Codable, CaseIterable {
  case sgd, adamw

  /// The default rate: for SGD that of torchvision's reference, for AdamW that of DETR (Carion et
  /// al., 2020).
  public var learningRate: Double {
    switch self {
    case .sgd: 0.02 / 8
    case .adamw: 1e-4
    }
  }

  /// The number of values remembered for each trained one.
  var memory: Int {
    switch self {
    case .sgd: 1
    case .adamw: 2
    }
  }
}

/// The schedules of the learning rate.
public enum ScheduleChoice: String, Sendable, Codable, CaseIterable {
  /// The rate falls to a tenth at each milestone, as by `MultiStepLR` in the reference.
  case step
  /// The rate falls along half a cosine to 0 at the last step; at the start of each epoch it equals
  /// that of `CosineAnnealingLR` in the reference.
  case cosine
  /// The rate stays constant.
  case constant
}
