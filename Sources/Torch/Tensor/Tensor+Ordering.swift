import CTorch

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
