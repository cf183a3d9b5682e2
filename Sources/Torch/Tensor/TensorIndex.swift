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
