import CTorch

/// The optimiser Adam (Kingma and Ba, 2015) by PyTorch's formulas: weight decay goes through the
/// gradient, unless it is decoupled.
public struct Adam: Optimizer {
  /// The parameters with the learning rate and the weight decay of each group.
  public var groups: [ParameterGroup]
  /// The factor of the learning rates of all groups.
  public var learningRateFactor = 1.0
  /// The fractions of the mean gradient and of the mean squared gradient that are kept at each
  /// step.
  public let betas: (Double, Double)
  /// The number added to the root of the mean squared gradient, which avoids a division by zero.
  public let epsilon: Double
  /// A Boolean value that is true if weight decay is subtracted from the weights themselves, as in
  /// `AdamW`.
  public let decoupledWeightDecay: Bool
  /// The means of each parameter's gradients and the number of its steps.
  public var memory: OptimizerMemory

  /// Creates an optimiser of groups of parameters.
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

  /// Creates an optimiser of parameters that are all trained in the same way.
  public init(
    _ parameters: [Tensor], learningRate: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
    epsilon: Double = 1e-8, weightDecay: Double = 0
  ) {
    self.init(
      [ParameterGroup(parameters, learningRate: learningRate, weightDecay: weightDecay)],
      betas: betas, epsilon: epsilon)
  }

  /// Updates the parameters of one group; its first parameter has the number `start`.
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

/// The optimiser AdamW (Loshchilov and Hutter, 2019) by PyTorch's formulas: weight decay is
/// subtracted from the weights themselves.
public struct AdamW: Optimizer {
  private var adam: Adam

  /// Creates an optimiser of groups of parameters.
  ///
  /// - Parameters:
  ///   - groups: The groups.
  ///   - betas: The fractions of the mean gradient and of the mean squared gradient that are
  ///     kept at each step.
  ///   - epsilon: The number added to the root of the mean squared gradient.
  public init(
    _ groups: [ParameterGroup], betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8
  ) {
    adam = Adam(groups, betas: betas, epsilon: epsilon, decoupledWeightDecay: true)
  }

  /// Creates an optimiser of parameters that are all trained in the same way.
  public init(
    _ parameters: [Tensor], learningRate: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
    epsilon: Double = 1e-8, weightDecay: Double = 0.01
  ) {
    self.init(
      [ParameterGroup(parameters, learningRate: learningRate, weightDecay: weightDecay)],
      betas: betas, epsilon: epsilon)
  }

  /// The parameters with the learning rate and the weight decay of each group.
  public var groups: [ParameterGroup] {
    get { adam.groups }
    set { adam.groups = newValue }
  }

  /// The factor of the learning rates of all groups.
  public var learningRateFactor: Double {
    get { adam.learningRateFactor }
    set { adam.learningRateFactor = newValue }
  }

  /// The means of each parameter's gradients and the number of its steps.
  public var memory: OptimizerMemory {
    get { adam.memory }
    set { adam.memory = newValue }
  }

  /// Updates the parameters of one group; its first parameter has the number `start`.
  public mutating func step(_ group: ParameterGroup, from start: Int) {
    adam.step(group, from: start)
  }
}
