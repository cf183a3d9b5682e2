import CTorch

/// Adam (Kingma and Ba, 2015) by PyTorch's formulas: weight decay goes through the gradient.
public struct Adam: Optimizer {
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
    epsilon: Double = 1e-8, weightDecay: Double = 0
  ) {
    self.init(
      [ParameterGroup(parameters, learningRate: learningRate, weightDecay: weightDecay)],
      betas: betas, epsilon: epsilon)
  }

  public mutating func step(_ group: ParameterGroup, from start: Int) {
    let settings = ct_adam(
      learning_rate: group.learningRate * learningRateFactor, beta1: betas.0, beta2: betas.1,
      epsilon: epsilon, weight_decay: group.weightDecay, decoupled: false)
    memory.stepMoments(of: group, from: start, settings)
  }
}

extension OptimizerMemory {
  /// The mean gradient, the mean squared gradient and the number of steps of each parameter.
  static func moments(of groups: [ParameterGroup]) -> OptimizerMemory {
    OptimizerMemory(
      [.init(name: "exp_avg"), .init(name: "exp_avg_sq"), .init(name: "step", isCount: true)],
      parameters: groups.reduce(0) { $0 + $1.parameters.count })
  }

  mutating func stepMoments(
    of group: ParameterGroup, from start: Int, _ settings: ct_adam,
    _ name: StaticString = #function
  ) {
    let succeeded = lend(start..<start + group.parameters.count) { kinds in
      withTensors(group.parameters) { ct_adam_step($0, kinds[0], kinds[1], kinds[2], settings) }
    }
    checked(succeeded, name)
  }
}
