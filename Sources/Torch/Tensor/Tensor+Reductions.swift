import CTorch

// Over the given dimensions, or over all if none are given.
extension Tensor {
  func reduced(
    _ reduction: ct_reduction, _ dimensions: [Int], _ keepDim: Bool,
    _ name: StaticString = #function
  ) -> Tensor {
    withList(dimensions) { made(ct_reduce(reduction, pointer, $0, keepDim), name) }
  }

  public func sum(dims: [Int] = [], keepDim: Bool = false) -> Tensor {
    reduced(CT_SUM, dims, keepDim)
  }

  public func mean(dims: [Int] = [], keepDim: Bool = false) -> Tensor {
    reduced(CT_MEAN, dims, keepDim)
  }

  public func amax(dims: [Int] = [], keepDim: Bool = false) -> Tensor {
    reduced(CT_AMAX, dims, keepDim)
  }

  public func amin(dims: [Int] = [], keepDim: Bool = false) -> Tensor {
    reduced(CT_AMIN, dims, keepDim)
  }

  /// The square root of the sum of squares.
  public func norm(dims: [Int] = [], keepDim: Bool = false) -> Tensor {
    reduced(CT_NORM, dims, keepDim)
  }

  /// The variance with Bessel's correction.
  public func variance(dims: [Int] = [], keepDim: Bool = false) -> Tensor {
    reduced(CT_VARIANCE, dims, keepDim)
  }

  public func any(dims: [Int] = [], keepDim: Bool = false) -> Tensor {
    reduced(CT_ANY, dims, keepDim)
  }

  public func all(dims: [Int] = [], keepDim: Bool = false) -> Tensor {
    reduced(CT_ALL, dims, keepDim)
  }

  public func cumulativeSum(dim: Int) -> Tensor {
    made(ct_cumulative_sum(pointer, Int64(dim)))
  }
}
