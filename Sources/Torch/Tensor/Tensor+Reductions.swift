import CTorch

// These reduce the given dimensions, or all if none are given.
extension Tensor {
  func reduced(
    _ reduction: ct_reduction, _ dimensions: [Int], _ keepDim: Bool,
    _ name: StaticString = #function
  ) -> Tensor {
    withList(dimensions) { made(ct_reduce(reduction, pointer, $0, keepDim), name) }
  }

  /// Returns the sum over the given dimensions, or over all by default.
  public func sum(dims: [Int] = [], keepDim: Bool = false) -> Tensor {
    reduced(CT_SUM, dims, keepDim)
  }

  /// Returns the mean over the given dimensions, or over all by default.
  public func mean(dims: [Int] = [], keepDim: Bool = false) -> Tensor {
    reduced(CT_MEAN, dims, keepDim)
  }

  /// Returns the maximum over the given dimensions, or over all by default.
  public func amax(dims: [Int] = [], keepDim: Bool = false) -> Tensor {
    reduced(CT_AMAX, dims, keepDim)
  }

  /// Returns the minimum over the given dimensions, or over all by default.
  public func amin(dims: [Int] = [], keepDim: Bool = false) -> Tensor {
    reduced(CT_AMIN, dims, keepDim)
  }

  /// Returns the Euclidean norm, the square root of the sum of squares, over the given dimensions,
  /// or over all by default.
  public func norm(dims: [Int] = [], keepDim: Bool = false) -> Tensor {
    reduced(CT_NORM, dims, keepDim)
  }

  /// Returns the variance with Bessel's correction over the given dimensions, or over all by
  /// default.
  public func variance(dims: [Int] = [], keepDim: Bool = false) -> Tensor {
    reduced(CT_VARIANCE, dims, keepDim)
  }

  /// Returns whether any element along the given dimensions, or of all by default, is nonzero, as
  /// `bool`.
  public func any(dims: [Int] = [], keepDim: Bool = false) -> Tensor {
    reduced(CT_ANY, dims, keepDim)
  }

  /// Returns whether every element along the given dimensions, or of all by default, is nonzero, as
  /// `bool`.
  public func all(dims: [Int] = [], keepDim: Bool = false) -> Tensor {
    reduced(CT_ALL, dims, keepDim)
  }

  /// Returns the running sums along a dimension.
  public func cumulativeSum(dim: Int) -> Tensor {
    made(ct_cumulative_sum(pointer, Int64(dim)))
  }
}
