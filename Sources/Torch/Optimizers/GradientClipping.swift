import CTorch

/// Scales the gradients of all parameters down together, if need be, so that the norm of all their
/// numbers is at most `norm` (Pascanu et al., 2013; `torch.nn.utils.clip_grad_norm_`).
///
/// - Returns: the norm before. Where it is not finite the gradients stay as they are: no factor
///   would mend them, and the step should not be made.
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
