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
