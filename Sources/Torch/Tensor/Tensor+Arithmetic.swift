import CTorch

extension Tensor {
  func binary(
    _ operation: ct_binary_operation, _ other: Tensor, _ name: StaticString = #function
  ) -> Tensor {
    made(ct_binary(operation, pointer, other.pointer), name)
  }

  func binary(
    _ operation: ct_binary_operation, _ scalar: some TensorNumber, reversed: Bool = false,
    _ name: StaticString = #function
  ) -> Tensor {
    made(ct_binary_scalar(operation, pointer, scalar.value, scalar.isWhole, reversed), name)
  }

  /// Returns the elementwise sum, with broadcasting.
  public static func + (left: Tensor, right: Tensor) -> Tensor { left.binary(CT_ADD, right) }
  /// Returns the elementwise difference, with broadcasting.
  public static func - (left: Tensor, right: Tensor) -> Tensor { left.binary(CT_SUBTRACT, right) }
  /// Returns the elementwise product, with broadcasting.
  public static func * (left: Tensor, right: Tensor) -> Tensor { left.binary(CT_MULTIPLY, right) }
  /// Returns the elementwise quotient, with broadcasting; quotients of integers are floating-point.
  public static func / (left: Tensor, right: Tensor) -> Tensor { left.binary(CT_DIVIDE, right) }
  /// Returns the elementwise remainder with the divisor's sign (`torch.remainder`), with
  /// broadcasting.
  public static func % (left: Tensor, right: Tensor) -> Tensor { left.binary(CT_REMAINDER, right) }

  /// Returns the tensor with a number added to each element.
  public static func + (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_ADD, right)
  }
  /// Returns the tensor with a number subtracted from each element.
  public static func - (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_SUBTRACT, right)
  }
  /// Returns the tensor with each element multiplied by a number.
  public static func * (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_MULTIPLY, right)
  }
  /// Returns the tensor with each element divided by a number; quotients of integers are
  /// floating-point.
  public static func / (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_DIVIDE, right)
  }
  /// Returns the remainder of each element with the divisor's sign (`torch.remainder`).
  public static func % (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_REMAINDER, right)
  }

  /// Returns the tensor with each element added to a number.
  public static func + (left: some TensorNumber, right: Tensor) -> Tensor {
    right.binary(CT_ADD, left, reversed: true)
  }
  /// Returns the tensor with each element subtracted from a number.
  public static func - (left: some TensorNumber, right: Tensor) -> Tensor {
    right.binary(CT_SUBTRACT, left, reversed: true)
  }
  /// Returns the tensor with each element multiplied by a number.
  public static func * (left: some TensorNumber, right: Tensor) -> Tensor {
    right.binary(CT_MULTIPLY, left, reversed: true)
  }
  /// Returns a number divided by each element; quotients of integers are floating-point.
  public static func / (left: some TensorNumber, right: Tensor) -> Tensor {
    right.binary(CT_DIVIDE, left, reversed: true)
  }

  /// Returns the tensor with each element negated.
  public static prefix func - (tensor: Tensor) -> Tensor { tensor.unary(CT_NEGATE) }

  /// Returns the elementwise quotient rounded towards −∞, with broadcasting.
  public func floorDivided(by other: Tensor) -> Tensor { binary(CT_FLOOR_DIVIDE, other) }

  /// Returns each element raised to an exponent.
  public func power(_ exponent: some TensorNumber) -> Tensor { binary(CT_POWER, exponent) }

  /// Returns the elementwise minimum of two tensors, with broadcasting.
  public func minimum(_ other: Tensor) -> Tensor { binary(CT_MINIMUM, other) }

  /// Returns the elementwise maximum of two tensors, with broadcasting.
  public func maximum(_ other: Tensor) -> Tensor { binary(CT_MAXIMUM, other) }

  /// Returns the tensor with each element clamped to a range.
  public func clamped(min: Double = -.infinity, max: Double = .infinity) -> Tensor {
    made(ct_clamp(pointer, min, max))
  }

  /// Returns the matrix product, batched as in `torch.matmul`.
  public func matmul(_ other: Tensor) -> Tensor {
    made(ct_matmul(pointer, other.pointer))
  }

  /// Returns the solution [N, K] of a system of equations with this [N, N] matrix, for the K
  /// columns of the right-hand side, as in `torch.linalg.solve`.
  public func solved(for right: Tensor) -> Tensor {
    made(ct_solve(pointer, right.pointer))
  }
}

/// A Swift number in an operation with a tensor.
///
/// It takes the tensor's type unless it is a floating-point number and the tensor holds integers,
/// as Python's numbers do in PyTorch.
public protocol TensorNumber {
  /// The value of the number.
  var value: Double { get }
  /// A Boolean value that is true for integers.
  var isWhole: Bool { get }
}

extension Int: TensorNumber {
  /// The value of the integer.
  public var value: Double { Double(self) }
  /// The value true.
  public var isWhole: Bool { true }
}

extension Double: TensorNumber {
  /// The number itself.
  public var value: Double { self }
  /// The value false.
  public var isWhole: Bool { false }
}
