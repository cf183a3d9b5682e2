import CTorch

/// Changes parameters by their gradients. A parameter without a gradient is left alone.
///
/// ```swift
/// var optimizer = SGD(model.parameters, learningRate: 0.02, momentum: 0.9, weightDecay: 1e-4)
/// for (step, batch) in batches.enumerated() {
///   optimizer.learningRateFactor = schedule.factor(at: step)
///   optimizer.zeroGradients()
///   loss(of: batch).backward()
///   optimizer.step()
/// }
/// ```
public protocol Optimizer: Sendable {
  /// The parameters, with the learning rate and the weight decay that each group has of its own.
  var groups: [ParameterGroup] { get set }
  /// What the learning rates of all groups are multiplied by: a schedule's figure for the step.
  var learningRateFactor: Double { get set }
  /// What is remembered of the parameters from step to step.
  var memory: OptimizerMemory { get set }

  /// Changes the parameters of one group; its first parameter has the number `start`.
  mutating func step(_ group: ParameterGroup, from start: Int)
}

/// Parameters that are trained in the same way.
public struct ParameterGroup: Sendable {
  public let parameters: [Tensor]
  public var learningRate: Double
  /// The share of each weight that is added to its gradient; AdamW takes it off the weight itself.
  public var weightDecay: Double

  public init(_ parameters: [Tensor], learningRate: Double, weightDecay: Double = 0) {
    self.parameters = parameters
    self.learningRate = learningRate
    self.weightDecay = weightDecay
  }
}

extension Optimizer {
  /// All parameters, group by group.
  public var parameters: [Tensor] { groups.flatMap(\.parameters) }

  /// Changes all parameters once.
  public mutating func step() {
    var start = 0
    for group in groups {
      step(group, from: start)
      start += group.parameters.count
    }
  }

  /// Takes all gradients away.
  public func zeroGradients() {
    for group in groups {
      for parameter in group.parameters { parameter.gradient = nil }
    }
  }

  /// What the optimiser remembers, to be saved: `0.momentum_buffer`, or `12.exp_avg` for the
  /// parameter that is number 12 over all groups. The names are PyTorch's. Parameters that were
  /// never changed have no entry. Learning rates are settings and not part of it.
  public var state: [StateEntry] { memory.entries }

  /// Takes up what an optimiser of the same kind over the same parameters remembered: the steps
  /// that follow give the same bits as if it had gone on. Forgets what was there before.
  ///
  /// - Throws: `TorchError` if a tensor belongs to no parameter or does not fit its parameter, or
  ///   if a parameter has only a part of its tensors; nothing is changed then.
  public mutating func restore(_ state: [String: Tensor]) throws {
    try memory.restore(state, of: parameters)
  }
}

/// Scales the gradients of all parameters down together, if need be, so that the norm of all their
/// numbers is at most `norm` (Pascanu et al., 2013; `torch.nn.utils.clip_grad_norm_`).
///
/// - Returns: the norm before. Where it is not finite the gradients stay as they are: no factor
///   would repair them, and the step should not be made.
public func clipGradients(of parameters: [Tensor], norm: Double) -> Double {
  var found = 0.0
  checked(withTensors(parameters) { ct_clip_gradients_by_norm($0, norm, &found) })
  return found
}

/// Brings every number of the gradients of all parameters into −value … value
/// (`torch.nn.utils.clip_grad_value_`).
public func clipGradients(of parameters: [Tensor], value: Double) {
  checked(withTensors(parameters) { ct_clip_gradients_by_value($0, value) })
}
