import CTorch

/// Adam whose weight decay is taken off the weights themselves (Loshchilov and Hutter, 2019), by
/// PyTorch's formulas.
public struct AdamW: Optimizer {
  public var groups: [ParameterGroup]
  public var learningRateFactor = 1.0
  /// How much of the mean gradient and of the mean squared gradient stays at each step.
  public let betas: (Double, Double)
  /// What is added to the root of the mean squared gradient, so that no division is by zero.
  public let epsilon: Double
  public var memory: OptimizerMemory

  public init(
    _ groups: [ParameterGroup], betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8
  ) {
    self.groups = groups
    self.betas = betas
    self.epsilon = epsilon
    memory = .moments(of: groups)
  }

  public init(
    _ parameters: [Tensor], learningRate: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
    epsilon: Double = 1e-8, weightDecay: Double = 0.01
  ) {
    self.init(
      [ParameterGroup(parameters, learningRate: learningRate, weightDecay: weightDecay)],
      betas: betas, epsilon: epsilon)
  }

  public mutating func step(_ group: ParameterGroup, from start: Int) {
    let settings = ct_adam(
      learning_rate: group.learningRate * learningRateFactor, beta1: betas.0, beta2: betas.1,
      epsilon: epsilon, weight_decay: group.weightDecay, decoupled: true)
    memory.stepMoments(of: group, from: start, settings)
  }
}
