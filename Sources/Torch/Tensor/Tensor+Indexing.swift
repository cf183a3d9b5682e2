import CTorch

extension Tensor {
  /// The part at one index of a dimension, without that dimension; a view.
  public func select(dim: Int, _ index: Int) -> Tensor {
    made(ct_select(pointer, Int64(dim), Int64(index)))
  }

  /// The part between two indices of a dimension; a view. Ends beyond the size are cut, negative
  /// ones count from the end.
  public func slice(dim: Int, from start: Int = 0, to end: Int = .max, step: Int = 1) -> Tensor {
    made(ct_slice(pointer, Int64(dim), Int64(start), Int64(end), Int64(step)))
  }

  /// Parts by their indices along a dimension.
  ///
  /// - Parameter indices: int64 [K]
  public func indexSelect(dim: Int, _ indices: Tensor) -> Tensor {
    made(ct_index_select(pointer, Int64(dim), indices.pointer))
  }

  /// Returns for each place the element at the index that stands there.
  public func gather(dim: Int, _ indices: Tensor) -> Tensor {
    made(ct_gather(pointer, Int64(dim), indices.pointer))
  }

  /// A copy with the source's elements put at the indices that stand at their places.
  public func scatter(dim: Int, _ indices: Tensor, _ source: Tensor) -> Tensor {
    made(ct_scatter(pointer, Int64(dim), indices.pointer, source.pointer))
  }

  /// A copy with the source's elements added at the indices that stand at their places.
  public func scatterAdd(dim: Int, _ indices: Tensor, _ source: Tensor) -> Tensor {
    made(ct_scatter_add(pointer, Int64(dim), indices.pointer, source.pointer))
  }

  /// Indices of all elements that are not zero: int64 [K, rank], in row-major order.
  public func nonzero() -> Tensor {
    made(ct_nonzero(pointer))
  }

  /// int64 [..., classes] with a 1 at each index.
  public func oneHot(classes: Int) -> Tensor {
    made(ct_one_hot(pointer, Int64(classes)))
  }

  /// The elements where a mask of `bool` holds, or the parts that int64 indices of the first
  /// dimension name.
  public subscript(indices: Tensor) -> Tensor {
    made(ct_masked(pointer, indices.pointer))
  }

  /// A view by one index for each dimension from the first on: a number, a range, `.all` or
  /// `.newAxis`.
  public subscript<each Index: TensorIndex>(index: repeat each Index) -> Tensor {
    var view = self
    var dimension = 0
    for part in repeat each index {
      (view, dimension) = part.taken(of: view, dim: dimension)
    }
    return view
  }
}

/// What can stand between the brackets of a tensor: `x[0, 1..<3, .all]`.
public protocol TensorIndex {
  /// The view that it leaves of a dimension, and the dimension that the next index is for.
  func taken(of tensor: Tensor, dim: Int) -> (Tensor, Int)
}

extension Int: TensorIndex {
  public func taken(of tensor: Tensor, dim: Int) -> (Tensor, Int) {
    (tensor.select(dim: dim, self), dim)
  }
}

extension Range<Int>: TensorIndex {
  public func taken(of tensor: Tensor, dim: Int) -> (Tensor, Int) {
    (tensor.slice(dim: dim, from: lowerBound, to: upperBound), dim + 1)
  }
}

extension PartialRangeFrom<Int>: TensorIndex {
  public func taken(of tensor: Tensor, dim: Int) -> (Tensor, Int) {
    (tensor.slice(dim: dim, from: lowerBound), dim + 1)
  }
}

extension PartialRangeUpTo<Int>: TensorIndex {
  public func taken(of tensor: Tensor, dim: Int) -> (Tensor, Int) {
    (tensor.slice(dim: dim, to: upperBound), dim + 1)
  }
}

/// A whole dimension.
public struct WholeDimension: TensorIndex {
  public func taken(of tensor: Tensor, dim: Int) -> (Tensor, Int) {
    (tensor, dim + 1)
  }
}

/// A dimension of size 1 that is put in.
public struct NewAxis: TensorIndex {
  public func taken(of tensor: Tensor, dim: Int) -> (Tensor, Int) {
    (tensor.unsqueezed(dim), dim + 1)
  }
}

extension TensorIndex where Self == WholeDimension {
  public static var all: Self { WholeDimension() }
}

extension TensorIndex where Self == NewAxis {
  public static var newAxis: Self { NewAxis() }
}
