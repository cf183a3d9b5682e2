import CTorch

/// An optimiser, which changes parameters by their gradients; a parameter without a gradient is
/// kept.
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
  /// The parameters with the learning rate and the weight decay of each group.
  var groups: [ParameterGroup] { get set }
  /// The factor of the learning rates of all groups, which a schedule gives for the step.
  var learningRateFactor: Double { get set }
  /// The tensors that are kept for each parameter from step to step.
  var memory: OptimizerMemory { get set }

  /// Updates the parameters of one group; its first parameter has the number `start` over all
  /// groups.
  mutating func step(_ group: ParameterGroup, from start: Int)
}

/// A group of parameters that are trained in the same way.
public struct ParameterGroup: Sendable {
  /// The parameters of the group.
  public let parameters: [Tensor]
  /// The learning rate, before the optimiser's factor.
  public var learningRate: Double
  /// The fraction of each weight that is added to its gradient; AdamW subtracts it from the weight
  /// itself, times the learning rate.
  public var weightDecay: Double

  /// Creates a group of parameters.
  public init(_ parameters: [Tensor], learningRate: Double, weightDecay: Double = 0) {
    self.parameters = parameters
    self.learningRate = learningRate
    self.weightDecay = weightDecay
  }
}

extension Optimizer {
  /// The parameters of all groups, group by group.
  public var parameters: [Tensor] { groups.flatMap(\.parameters) }

  /// Updates all parameters once.
  public mutating func step() {
    var start = 0
    for group in groups {
      step(group, from: start)
      start += group.parameters.count
    }
  }

  /// Removes the gradients of all parameters.
  public func zeroGradients() {
    for group in groups {
      for parameter in group.parameters { parameter.gradient = nil }
    }
  }

  /// The tensors to save, with PyTorch's names, such as `0.momentum_buffer`, or `12.exp_avg` for
  /// the parameter with number 12 over all groups.
  ///
  /// Parameters that were never changed have no entry. Learning rates are settings and not part of
  /// the state.
  public var state: [StateEntry] { memory.entries }

  /// Restores the state of an optimiser of the same kind over the same parameters, and discards the
  /// current one.
  ///
  /// The steps that follow give the same bits as if that optimiser had continued.
  ///
  /// - Throws: `TorchError` if a tensor belongs to no parameter or does not fit its parameter, or
  ///   if a parameter has only some of its tensors; nothing is changed then.
  public mutating func restore(_ state: [String: Tensor]) throws {
    try memory.restore(state, of: parameters)
  }
}

/// Scales the gradients of all parameters down by one factor, if necessary, so that their common
/// norm is at most `norm` (Pascanu et al., 2013; `torch.nn.utils.clip_grad_norm_`).
///
/// - Returns: The norm before. If it is not finite, the gradients are kept: no factor would fix
///   them, and the step should not be made.
public func clipGradients(of parameters: [Tensor], norm: Double) -> Double {
  var found = 0.0
  checked(withTensors(parameters) { ct_clip_gradients_by_norm($0, norm, &found) })
  return found
}

/// Clamps every element of the gradients of all parameters to −value … value
/// (`torch.nn.utils.clip_grad_value_`).
public func clipGradients(of parameters: [Tensor], value: Double) {
  checked(withTensors(parameters) { ct_clip_gradients_by_value($0, value) })
}
