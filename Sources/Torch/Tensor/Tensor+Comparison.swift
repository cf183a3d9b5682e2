import CTorch

// Element by element; the result is a tensor of `bool`.
extension Tensor {
  public static func .== (left: Tensor, right: Tensor) -> Tensor { left.binary(CT_EQUAL, right) }
  public static func .!= (left: Tensor, right: Tensor) -> Tensor {
    left.binary(CT_NOT_EQUAL, right)
  }
  public static func .< (left: Tensor, right: Tensor) -> Tensor { left.binary(CT_LESS, right) }
  public static func .<= (left: Tensor, right: Tensor) -> Tensor {
    left.binary(CT_LESS_EQUAL, right)
  }
  public static func .> (left: Tensor, right: Tensor) -> Tensor { left.binary(CT_GREATER, right) }
  public static func .>= (left: Tensor, right: Tensor) -> Tensor {
    left.binary(CT_GREATER_EQUAL, right)
  }

  public static func .== (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_EQUAL, right)
  }
  public static func .!= (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_NOT_EQUAL, right)
  }
  public static func .< (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_LESS, right)
  }
  public static func .<= (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_LESS_EQUAL, right)
  }
  public static func .> (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_GREATER, right)
  }
  public static func .>= (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_GREATER_EQUAL, right)
  }

  public static func .& (left: Tensor, right: Tensor) -> Tensor {
    left.binary(CT_LOGICAL_AND, right)
  }
  public static func .| (left: Tensor, right: Tensor) -> Tensor {
    left.binary(CT_LOGICAL_OR, right)
  }
  public static prefix func .! (tensor: Tensor) -> Tensor { tensor.unary(CT_LOGICAL_NOT) }

  public func isNaN() -> Tensor { unary(CT_IS_NAN) }
  public func isFinite() -> Tensor { unary(CT_IS_FINITE) }

  /// Returns for each element the first tensor's where the condition holds, else the second's.
  public static func `where`(_ condition: Tensor, _ yes: Tensor, _ no: Tensor) -> Tensor {
    made(ct_where(condition.pointer, yes.pointer, no.pointer))
  }
}
