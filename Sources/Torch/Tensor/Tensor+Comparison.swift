import CTorch

// These work element by element and return a tensor of `bool`.
extension Tensor {
  /// Returns whether the elements are equal, as `bool`, with broadcasting.
  public static func .== (left: Tensor, right: Tensor) -> Tensor { left.binary(CT_EQUAL, right) }
  /// Returns whether the elements differ, as `bool`, with broadcasting.
  public static func .!= (left: Tensor, right: Tensor) -> Tensor {
    left.binary(CT_NOT_EQUAL, right)
  }
  /// Returns whether the left elements are less, as `bool`, with broadcasting.
  public static func .< (left: Tensor, right: Tensor) -> Tensor { left.binary(CT_LESS, right) }
  /// Returns whether the left elements are less or equal, as `bool`, with broadcasting.
  public static func .<= (left: Tensor, right: Tensor) -> Tensor {
    left.binary(CT_LESS_EQUAL, right)
  }
  /// Returns whether the left elements are greater, as `bool`, with broadcasting.
  public static func .> (left: Tensor, right: Tensor) -> Tensor { left.binary(CT_GREATER, right) }
  /// Returns whether the left elements are greater or equal, as `bool`, with broadcasting.
  public static func .>= (left: Tensor, right: Tensor) -> Tensor {
    left.binary(CT_GREATER_EQUAL, right)
  }

  /// Returns whether each element equals a number, as `bool`.
  public static func .== (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_EQUAL, right)
  }
  /// Returns whether each element differs from a number, as `bool`.
  public static func .!= (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_NOT_EQUAL, right)
  }
  /// Returns whether each element is less than a number, as `bool`.
  public static func .< (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_LESS, right)
  }
  /// Returns whether each element is less than or equal to a number, as `bool`.
  public static func .<= (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_LESS_EQUAL, right)
  }
  /// Returns whether each element is greater than a number, as `bool`.
  public static func .> (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_GREATER, right)
  }
  /// Returns whether each element is greater than or equal to a number, as `bool`.
  public static func .>= (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_GREATER_EQUAL, right)
  }

  /// Returns whether both elements are nonzero, as `bool`, with broadcasting.
  public static func .& (left: Tensor, right: Tensor) -> Tensor {
    left.binary(CT_LOGICAL_AND, right)
  }
  /// Returns whether either element is nonzero, as `bool`, with broadcasting.
  public static func .| (left: Tensor, right: Tensor) -> Tensor {
    left.binary(CT_LOGICAL_OR, right)
  }
  /// Returns whether each element is zero, as `bool`.
  public static prefix func .! (tensor: Tensor) -> Tensor { tensor.unary(CT_LOGICAL_NOT) }

  /// Returns whether each element is NaN, as `bool`.
  public func isNaN() -> Tensor { unary(CT_IS_NAN) }
  /// Returns whether each element is neither NaN nor infinite, as `bool`.
  public func isFinite() -> Tensor { unary(CT_IS_FINITE) }

  /// Returns the elements of the first tensor where the condition is true, and of the second
  /// elsewhere.
  public static func `where`(_ condition: Tensor, _ yes: Tensor, _ no: Tensor) -> Tensor {
    made(ct_where(condition.pointer, yes.pointer, no.pointer))
  }
}
