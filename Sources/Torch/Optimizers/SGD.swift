import CTorch

/// Stochastic gradient descent with momentum by PyTorch's formulas: the learning rate is not part
/// of the momentum, and the first gradient is not dampened.
public struct SGD: Optimizer {
  /// The parameters with the learning rate and the weight decay of each group.
  public var groups: [ParameterGroup]
  /// The factor of the learning rates of all groups.
  public var learningRateFactor = 1.0
  /// The fraction of the last change that is repeated; 0 for no momentum.
  public let momentum: Double
  /// The fraction of each gradient that is left out of the momentum.
  public let dampening: Double
  /// A Boolean value that is true if the step looks ahead along the momentum (Sutskever et al.,
  /// 2013).
  public let nesterov: Bool
  /// The momentum of each parameter.
  public var memory: OptimizerMemory

  /// Creates an optimiser of groups of parameters; traps for `nesterov` without momentum or with
  /// dampening.
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

  /// Creates an optimiser of parameters that are all trained in the same way.
  public init(
    _ parameters: [Tensor], learningRate: Double, momentum: Double = 0, dampening: Double = 0,
    weightDecay: Double = 0, nesterov: Bool = false
  ) {
    self.init(
      [ParameterGroup(parameters, learningRate: learningRate, weightDecay: weightDecay)],
      momentum: momentum, dampening: dampening, nesterov: nesterov)
  }

  /// Updates the parameters of one group; its first parameter has the number `start`.
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
