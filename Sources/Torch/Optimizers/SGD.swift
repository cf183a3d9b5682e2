import CTorch

/// Stochastic gradient descent with momentum, by PyTorch's formulas: the learning rate is not part
/// of the momentum, and the first gradient is taken without dampening.
public struct SGD: Optimizer {
  public var groups: [ParameterGroup]
  public var learningRateFactor = 1.0
  /// The share of the last change that is made again; 0 for none.
  public let momentum: Double
  /// The share of each gradient that the momentum does not take up.
  public let dampening: Double
  /// Whether the gradient is looked at where the momentum leads (Sutskever et al., 2013).
  public let nesterov: Bool
  public var memory: OptimizerMemory

  public init(
    _ groups: [ParameterGroup], momentum: Double = 0, dampening: Double = 0,
    nesterov: Bool = false
  ) {
    precondition(
      !nesterov || (momentum > 0 && dampening == 0),
      "expected a momentum and no dampening for nesterov, found \(momentum) and \(dampening)")
    self.groups = groups
    self.momentum = momentum
    self.dampening = dampening
    self.nesterov = nesterov
    memory = OptimizerMemory([.init(name: "momentum_buffer")], of: groups)
  }

  public init(
    _ parameters: [Tensor], learningRate: Double, momentum: Double = 0, dampening: Double = 0,
    weightDecay: Double = 0, nesterov: Bool = false
  ) {
    self.init(
      [ParameterGroup(parameters, learningRate: learningRate, weightDecay: weightDecay)],
      momentum: momentum, dampening: dampening, nesterov: nesterov)
  }

  public mutating func step(_ group: ParameterGroup, from start: Int) {
    let settings = ct_sgd(
      learning_rate: group.learningRate * learningRateFactor, momentum: momentum,
      dampening: dampening, weight_decay: group.weightDecay, nesterov: nesterov)
    checked(
      memory.lend(start..<start + group.parameters.count) { kinds in
        withTensors(group.parameters) { ct_sgd_step($0, kinds[0], settings) }
      })
  }
}
