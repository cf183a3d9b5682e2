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

  public static func + (left: Tensor, right: Tensor) -> Tensor { left.binary(CT_ADD, right) }
  public static func - (left: Tensor, right: Tensor) -> Tensor { left.binary(CT_SUBTRACT, right) }
  public static func * (left: Tensor, right: Tensor) -> Tensor { left.binary(CT_MULTIPLY, right) }
  public static func / (left: Tensor, right: Tensor) -> Tensor { left.binary(CT_DIVIDE, right) }
  public static func % (left: Tensor, right: Tensor) -> Tensor { left.binary(CT_REMAINDER, right) }

  public static func + (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_ADD, right)
  }
  public static func - (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_SUBTRACT, right)
  }
  public static func * (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_MULTIPLY, right)
  }
  public static func / (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_DIVIDE, right)
  }
  public static func % (left: Tensor, right: some TensorNumber) -> Tensor {
    left.binary(CT_REMAINDER, right)
  }

  public static func + (left: some TensorNumber, right: Tensor) -> Tensor {
    right.binary(CT_ADD, left, reversed: true)
  }
  public static func - (left: some TensorNumber, right: Tensor) -> Tensor {
    right.binary(CT_SUBTRACT, left, reversed: true)
  }
  public static func * (left: some TensorNumber, right: Tensor) -> Tensor {
    right.binary(CT_MULTIPLY, left, reversed: true)
  }
  public static func / (left: some TensorNumber, right: Tensor) -> Tensor {
    right.binary(CT_DIVIDE, left, reversed: true)
  }

  public static prefix func - (tensor: Tensor) -> Tensor { tensor.unary(CT_NEGATE) }

  /// The quotient rounded towards minus infinity.
  public func floorDivided(by other: Tensor) -> Tensor { binary(CT_FLOOR_DIVIDE, other) }

  public func power(_ exponent: some TensorNumber) -> Tensor { binary(CT_POWER, exponent) }

  /// The smaller of both, element by element.
  public func minimum(_ other: Tensor) -> Tensor { binary(CT_MINIMUM, other) }

  /// The greater of both, element by element.
  public func maximum(_ other: Tensor) -> Tensor { binary(CT_MAXIMUM, other) }

  /// Every number brought into a range.
  public func clamped(min: Double = -.infinity, max: Double = .infinity) -> Tensor {
    made(ct_clamp(pointer, min, max))
  }

  /// The matrix product, batched as in `torch.matmul`.
  public func matmul(_ other: Tensor) -> Tensor {
    made(ct_matmul(pointer, other.pointer))
  }

  /// The [N, K] solution of a system of equations whose [N, N] matrix this is, for the K columns of
  /// the right-hand side, as in `torch.linalg.solve`.
  public func solved(for right: Tensor) -> Tensor {
    made(ct_solve(pointer, right.pointer))
  }
}

/// A Swift number beside a tensor. It takes the tensor's type unless it is a fraction and the
/// tensor holds whole numbers, as Python's numbers do in PyTorch.
public protocol TensorNumber {
  var value: Double { get }
  var isWhole: Bool { get }
}

extension Int: TensorNumber {
  public var value: Double { Double(self) }
  public var isWhole: Bool { true }
}

extension Double: TensorNumber {
  public var value: Double { self }
  public var isWhole: Bool { false }
}
