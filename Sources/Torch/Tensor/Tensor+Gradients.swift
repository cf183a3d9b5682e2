import CTorch

extension Tensor {
  /// Whether operations on it are recorded for the backward pass.
  public var requiresGradient: Bool {
    get { ct_requires_gradient(pointer) }
    nonmutating set { checked(ct_set_requires_gradient(pointer, newValue)) }
  }

  /// What the backward passes since it was last taken away have added up; nil before the first.
  public var gradient: Tensor? {
    get { ct_gradient(pointer).map { Tensor(owning: $0) } }
    nonmutating set { checked(ct_set_gradient(pointer, newValue?.pointer)) }
  }

  /// Adds to the gradient of every tensor that this one was worked out of. A tensor of more than
  /// one element needs the gradient that it has itself.
  public func backward(_ gradient: Tensor? = nil) {
    checked(ct_backward(pointer, gradient?.pointer))
  }

  /// The same numbers, cut off from what they were worked out of.
  public func detached() -> Tensor {
    made(ct_detach(pointer))
  }
}
