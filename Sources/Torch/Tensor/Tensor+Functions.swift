import CTorch

// Functions of each element.
extension Tensor {
  func unary(_ operation: ct_unary_operation, _ name: StaticString = #function) -> Tensor {
    made(ct_unary(operation, pointer), name)
  }

  public func abs() -> Tensor { unary(CT_ABSOLUTE) }
  public func exp() -> Tensor { unary(CT_EXP) }
  public func log() -> Tensor { unary(CT_LOG) }
  public func log2() -> Tensor { unary(CT_LOG2) }
  public func log1p() -> Tensor { unary(CT_LOG1P) }
  public func sqrt() -> Tensor { unary(CT_SQRT) }
  public func square() -> Tensor { unary(CT_SQUARE) }
  public func reciprocal() -> Tensor { unary(CT_RECIPROCAL) }
  public func floor() -> Tensor { unary(CT_FLOOR) }
  public func ceil() -> Tensor { unary(CT_CEIL) }
  /// Rounds to the nearest whole number, halves to the even one.
  public func round() -> Tensor { unary(CT_ROUND) }
  public func truncated() -> Tensor { unary(CT_TRUNCATE) }
  public func sign() -> Tensor { unary(CT_SIGN) }
  public func sin() -> Tensor { unary(CT_SIN) }
  public func cos() -> Tensor { unary(CT_COS) }
  public func tanh() -> Tensor { unary(CT_TANH) }
  public func sigmoid() -> Tensor { unary(CT_SIGMOID) }
  public func logSigmoid() -> Tensor { unary(CT_LOG_SIGMOID) }

  public func relu() -> Tensor { unary(CT_RELU) }
  /// ReLU that stops at 6.
  public func relu6() -> Tensor { unary(CT_RELU6) }
  public func hardswish() -> Tensor { unary(CT_HARDSWISH) }
  public func hardsigmoid() -> Tensor { unary(CT_HARDSIGMOID) }
  public func silu() -> Tensor { unary(CT_SILU) }
  public func gelu() -> Tensor { unary(CT_GELU) }

  public func softmax(dim: Int) -> Tensor { made(ct_softmax(pointer, Int64(dim))) }
  public func logSoftmax(dim: Int) -> Tensor { made(ct_log_softmax(pointer, Int64(dim))) }
}

/// Values and where they were found along the dimension (int64).
public struct Ranked: Sendable {
  public let values: Tensor
  public let indices: Tensor
}

extension Tensor {
  public func max(dim: Int, keepDim: Bool = false) -> Ranked {
    ranked { ct_extreme(pointer, Int64(dim), false, keepDim, $0) }
  }

  public func min(dim: Int, keepDim: Bool = false) -> Ranked {
    ranked { ct_extreme(pointer, Int64(dim), true, keepDim, $0) }
  }

  public func argmax(dim: Int) -> Tensor { max(dim: dim).indices }

  /// Sorted along a dimension; equal elements keep their order.
  public func sorted(dim: Int = -1, descending: Bool = false) -> Ranked {
    ranked { ct_sort(pointer, Int64(dim), descending, $0) }
  }

  /// The greatest elements of a dimension, from the greatest on.
  public func topK(_ count: Int, dim: Int = -1) -> Ranked {
    ranked { ct_top_k(pointer, Int64(count), Int64(dim), $0) }
  }

  private func ranked(
    _ name: StaticString = #function,
    _ operation: (UnsafeMutablePointer<OpaquePointer?>) -> OpaquePointer?
  ) -> Ranked {
    var indices: OpaquePointer?
    let values = made(operation(&indices), name)
    return Ranked(values: values, indices: made(indices, name))
  }
}
