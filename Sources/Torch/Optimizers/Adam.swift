import CTorch

/// Adam (Kingma and Ba, 2015) by PyTorch's formulas: weight decay goes through the gradient, unless
/// it is decoupled.
public struct Adam: Optimizer {
  public var groups: [ParameterGroup]
  public var learningRateFactor = 1.0
  /// How much of the mean gradient and of the mean squared gradient stays at each step.
  public let betas: (Double, Double)
  /// What is added to the root of the mean squared gradient, so that no division is by zero.
  public let epsilon: Double
  /// Whether weight decay is taken off the weights themselves, as in `AdamW`.
  public let decoupledWeightDecay: Bool
  public var memory: OptimizerMemory

  public init(
    _ groups: [ParameterGroup], betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8,
    decoupledWeightDecay: Bool = false
  ) {
    self.groups = groups
    self.betas = betas
    self.epsilon = epsilon
    self.decoupledWeightDecay = decoupledWeightDecay
    memory = OptimizerMemory(
      [.init(name: "exp_avg"), .init(name: "exp_avg_sq"), .init(name: "step", isCount: true)],
      of: groups)
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
      epsilon: epsilon, weight_decay: group.weightDecay, decoupled: decoupledWeightDecay)
    checked(
      memory.lend(start..<start + group.parameters.count) { kinds in
        withTensors(group.parameters) {
          ct_adam_step($0, kinds[0], kinds[1], kinds[2], settings)
        }
      })
  }
}

/// Adam whose weight decay is taken off the weights themselves (Loshchilov and Hutter, 2019), by
/// PyTorch's formulas.
public struct AdamW: Optimizer {
  private var adam: Adam

  /// - Parameters:
  ///   - betas: how much of the mean gradient and of the mean squared gradient stays at each step.
  ///   - epsilon: what is added to the root of the mean squared gradient.
  public init(
    _ groups: [ParameterGroup], betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8
  ) {
    adam = Adam(groups, betas: betas, epsilon: epsilon, decoupledWeightDecay: true)
  }

  public init(
    _ parameters: [Tensor], learningRate: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
    epsilon: Double = 1e-8, weightDecay: Double = 0.01
  ) {
    self.init(
      [ParameterGroup(parameters, learningRate: learningRate, weightDecay: weightDecay)],
      betas: betas, epsilon: epsilon)
  }

  public var groups: [ParameterGroup] {
    get { adam.groups }
    set { adam.groups = newValue }
  }

  public var learningRateFactor: Double {
    get { adam.learningRateFactor }
    set { adam.learningRateFactor = newValue }
  }

  public var memory: OptimizerMemory {
    get { adam.memory }
    set { adam.memory = newValue }
  }

  public mutating func step(_ group: ParameterGroup, from start: Int) {
    adam.step(group, from: start)
  }
}
