import CTorch

// Operations that overwrite the tensor's own elements: for weights, statistics and activations
// whose input is not used again.
extension Tensor {
  /// Sets every element to a value.
  public func fill(_ value: Double) {
    checked(ct_fill(pointer, value))
  }

  /// Adds `factor · other` to the elements.
  public func add(_ other: Tensor, scaledBy factor: Double = 1) {
    checked(ct_add_in_place(pointer, other.pointer, factor))
  }

  /// Multiplies every element by a factor.
  public func multiply(by factor: Double) {
    checked(ct_multiply_in_place(pointer, factor))
  }

  /// Adds `factor · left · right` to the elements.
  public func addProduct(_ left: Tensor, _ right: Tensor, scaledBy factor: Double = 1) {
    checked(ct_add_product_in_place(pointer, left.pointer, right.pointer, factor))
  }

  /// Draws every element uniformly from [low, high).
  public func fillUniform(_ low: Double, _ high: Double) {
    if Draws.skipped { return }
    checked(ct_fill_uniform(pointer, low, high))
  }

  /// Draws every element from a normal distribution.
  public func fillNormal(mean: Double = 0, deviation: Double) {
    if Draws.skipped { return }
    checked(ct_fill_normal(pointer, mean, deviation))
  }

  /// Overwrites the tensor with its activation and returns it.
  func activate(_ operation: ct_unary_operation, _ name: StaticString = #function) -> Tensor {
    checked(ct_activate(operation, pointer), name)
    return self
  }
}
