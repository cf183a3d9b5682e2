import CTorch

// These functions apply to each element.
extension Tensor {
  func unary(_ operation: ct_unary_operation, _ name: StaticString = #function) -> Tensor {
    made(ct_unary(operation, pointer), name)
  }

  /// Returns the absolute value of each element.
  public func abs() -> Tensor { unary(CT_ABSOLUTE) }
  /// Returns e to the power of each element.
  public func exp() -> Tensor { unary(CT_EXP) }
  /// Returns the natural logarithm of each element.
  public func log() -> Tensor { unary(CT_LOG) }
  /// Returns the binary logarithm of each element.
  public func log2() -> Tensor { unary(CT_LOG2) }
  /// Returns the natural logarithm of 1 + x of each element, accurate near 0.
  public func log1p() -> Tensor { unary(CT_LOG1P) }
  /// Returns the square root of each element.
  public func sqrt() -> Tensor { unary(CT_SQRT) }
  /// Returns the square of each element.
  public func square() -> Tensor { unary(CT_SQUARE) }
  /// Returns 1 / x of each element.
  public func reciprocal() -> Tensor { unary(CT_RECIPROCAL) }
  /// Returns the greatest integer that is not above each element.
  public func floor() -> Tensor { unary(CT_FLOOR) }
  /// Returns the least integer that is not below each element.
  public func ceil() -> Tensor { unary(CT_CEIL) }
  /// Returns each element rounded to the nearest integer, halves to the even one.
  public func round() -> Tensor { unary(CT_ROUND) }
  /// Returns each element rounded towards 0.
  public func truncated() -> Tensor { unary(CT_TRUNCATE) }
  /// Returns −1, 0 or 1 by the sign of each element.
  public func sign() -> Tensor { unary(CT_SIGN) }
  /// Returns the sine of each element, an angle in radians.
  public func sin() -> Tensor { unary(CT_SIN) }
  /// Returns the cosine of each element, an angle in radians.
  public func cos() -> Tensor { unary(CT_COS) }
  /// Returns the hyperbolic tangent of each element.
  public func tanh() -> Tensor { unary(CT_TANH) }
  /// Returns the logistic function 1 / (1 + e⁻ˣ) of each element.
  public func sigmoid() -> Tensor { unary(CT_SIGMOID) }
  /// Returns the logarithm of the logistic function of each element.
  public func logSigmoid() -> Tensor { unary(CT_LOG_SIGMOID) }

  /// Returns max(x, 0) of each element.
  public func relu() -> Tensor { unary(CT_RELU) }
  /// Returns min(max(x, 0), 6) of each element.
  public func relu6() -> Tensor { unary(CT_RELU6) }
  /// Returns x · ReLU6(x + 3) / 6 of each element.
  public func hardswish() -> Tensor { unary(CT_HARDSWISH) }
  /// Returns ReLU6(x + 3) / 6 of each element.
  public func hardsigmoid() -> Tensor { unary(CT_HARDSIGMOID) }
  /// Returns x · sigmoid(x) of each element.
  public func silu() -> Tensor { unary(CT_SILU) }
  /// Returns x · Φ(x) of each element, with the exact distribution function of the normal
  /// distribution.
  public func gelu() -> Tensor { unary(CT_GELU) }

  /// Returns eˣ divided by the sum of eˣ along a dimension.
  public func softmax(dim: Int) -> Tensor { made(ct_softmax(pointer, Int64(dim))) }
  /// Returns the logarithm of the softmax along a dimension.
  public func logSoftmax(dim: Int) -> Tensor { made(ct_log_softmax(pointer, Int64(dim))) }
}

/// The result of a search along a dimension: values and their indices.
public struct Ranked: Sendable {
  /// The values that were found.
  public let values: Tensor
  /// The index of each value along the dimension, int64.
  public let indices: Tensor
}

extension Tensor {
  /// Returns the maxima along a dimension and their indices.
  public func max(dim: Int, keepDim: Bool = false) -> Ranked {
    ranked { ct_extreme(pointer, Int64(dim), false, keepDim, $0) }
  }

  /// Returns the minima along a dimension and their indices.
  public func min(dim: Int, keepDim: Bool = false) -> Ranked {
    ranked { ct_extreme(pointer, Int64(dim), true, keepDim, $0) }
  }

  /// Returns the indices of the maxima along a dimension, int64.
  public func argmax(dim: Int) -> Tensor { max(dim: dim).indices }

  /// Returns the elements sorted along a dimension and their indices; equal elements keep their
  /// order.
  public func sorted(dim: Int = -1, descending: Bool = false) -> Ranked {
    ranked { ct_sort(pointer, Int64(dim), descending, $0) }
  }

  /// Returns the greatest elements of a dimension in descending order, and their indices.
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
