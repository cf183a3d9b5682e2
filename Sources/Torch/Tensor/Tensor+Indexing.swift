import CTorch

extension Tensor {
  /// Returns a view of the elements at one index of a dimension, without that dimension.
  public func select(dim: Int, _ index: Int) -> Tensor {
    made(ct_select(pointer, Int64(dim), Int64(index)))
  }

  /// Returns a view of the elements between two indices of a dimension. Ends beyond the size are
  /// clamped, and negative ones count from the end.
  public func slice(dim: Int, from start: Int = 0, to end: Int = .max, step: Int = 1) -> Tensor {
    made(ct_slice(pointer, Int64(dim), Int64(start), Int64(end), Int64(step)))
  }

  /// Returns the parts at indices of a dimension.
  ///
  /// - Parameters:
  ///   - dim: The dimension.
  ///   - indices: The indices, int64 [K].
  public func indexSelect(dim: Int, _ indices: Tensor) -> Tensor {
    made(ct_index_select(pointer, Int64(dim), indices.pointer))
  }

  /// Returns for each place of `indices` the element at that index of the dimension
  /// (`torch.gather`).
  public func gather(dim: Int, _ indices: Tensor) -> Tensor {
    made(ct_gather(pointer, Int64(dim), indices.pointer))
  }

  /// Returns a copy with the source's elements written to the indices at their places
  /// (`torch.scatter`).
  public func scatter(dim: Int, _ indices: Tensor, _ source: Tensor) -> Tensor {
    made(ct_scatter(pointer, Int64(dim), indices.pointer, source.pointer))
  }

  /// Returns a copy with the source's elements added at the indices at their places
  /// (`torch.scatter_add`).
  public func scatterAdd(dim: Int, _ indices: Tensor, _ source: Tensor) -> Tensor {
    made(ct_scatter_add(pointer, Int64(dim), indices.pointer, source.pointer))
  }

  /// Returns the indices of all nonzero elements, int64 [K, rank], in row-major order.
  public func nonzero() -> Tensor {
    made(ct_nonzero(pointer))
  }

  /// Returns int64 [..., classes] with a 1 at each index and zeros elsewhere.
  public func oneHot(classes: Int) -> Tensor {
    made(ct_one_hot(pointer, Int64(classes)))
  }

  /// Returns the elements at which a mask of `bool` is true, or the parts at int64 indices of the
  /// first dimension.
  public subscript(indices: Tensor) -> Tensor {
    made(ct_masked(pointer, indices.pointer))
  }

  /// Returns a view by one index for each dimension, counted from the first: a number, a range,
  /// `.all` or `.newAxis`.
  public subscript<each Index: TensorIndex>(index: repeat each Index) -> Tensor {
    var view = self
    var dimension = 0
    for part in repeat each index {
      (view, dimension) = part.taken(of: view, dim: dimension)
    }
    return view
  }
}

/// An index into one dimension of a tensor, as in `x[0, 1..<3, .all]`.
public protocol TensorIndex {
  /// Returns the view that the index leaves of a dimension, and the dimension of the next index.
  func taken(of tensor: Tensor, dim: Int) -> (Tensor, Int)
}

extension Int: TensorIndex {
  /// Returns the part at the index; the next index is for the same dimension, as this one is
  /// removed.
  public func taken(of tensor: Tensor, dim: Int) -> (Tensor, Int) {
    (tensor.select(dim: dim, self), dim)
  }
}

extension Range<Int>: TensorIndex {
  /// Returns the part in the range.
  public func taken(of tensor: Tensor, dim: Int) -> (Tensor, Int) {
    (tensor.slice(dim: dim, from: lowerBound, to: upperBound), dim + 1)
  }
}

extension PartialRangeFrom<Int>: TensorIndex {
  /// Returns the part from the lower bound to the end.
  public func taken(of tensor: Tensor, dim: Int) -> (Tensor, Int) {
    (tensor.slice(dim: dim, from: lowerBound), dim + 1)
  }
}

extension PartialRangeUpTo<Int>: TensorIndex {
  /// Returns the part up to the upper bound.
  public func taken(of tensor: Tensor, dim: Int) -> (Tensor, Int) {
    (tensor.slice(dim: dim, to: upperBound), dim + 1)
  }
}

/// An index that keeps a whole dimension, written `.all`.
public struct WholeDimension: TensorIndex {
  /// Returns the tensor unchanged.
  public func taken(of tensor: Tensor, dim: Int) -> (Tensor, Int) {
    (tensor, dim + 1)
  }
}

/// An index that inserts a dimension of size 1, written `.newAxis`.
public struct NewAxis: TensorIndex {
  /// Returns the tensor with a dimension of size 1 inserted.
  public func taken(of tensor: Tensor, dim: Int) -> (Tensor, Int) {
    (tensor.unsqueezed(dim), dim + 1)
  }
}

extension TensorIndex where Self == WholeDimension {
  /// The index that keeps a whole dimension.
  public static var all: Self { WholeDimension() }
}

extension TensorIndex where Self == NewAxis {
  /// The index that inserts a dimension of size 1.
  public static var newAxis: Self { NewAxis() }
}
