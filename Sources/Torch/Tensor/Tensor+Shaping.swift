import CTorch

extension Tensor {
  /// Returns the same elements in another shape; one size may be −1, and is then computed.
  public func reshaped(_ shape: [Int]) -> Tensor {
    withList(shape) { made(ct_reshape(pointer, $0)) }
  }

  /// Returns a view with the dimensions in another order.
  public func permuted(_ dimensions: [Int]) -> Tensor {
    withList(dimensions) { made(ct_permute(pointer, $0)) }
  }

  /// Returns a view with two dimensions exchanged.
  public func transposed(_ first: Int, _ second: Int) -> Tensor {
    made(ct_transpose(pointer, Int64(first), Int64(second)))
  }

  /// Returns the dimensions from `start` to `end` merged into one.
  public func flattened(from start: Int = 0, to end: Int = -1) -> Tensor {
    made(ct_flatten(pointer, Int64(start), Int64(end)))
  }

  /// Returns the tensor with a dimension of size 1 inserted.
  public func unsqueezed(_ dimension: Int) -> Tensor {
    made(ct_unsqueeze(pointer, Int64(dimension)))
  }

  /// Returns the tensor without a dimension, if its size is 1.
  public func squeezed(_ dimension: Int) -> Tensor {
    made(ct_squeeze(pointer, Int64(dimension)))
  }

  /// Returns a view with dimensions of size 1 repeated, without a copy; −1 keeps a size.
  public func expanded(_ shape: [Int]) -> Tensor {
    withList(shape) { made(ct_expand(pointer, $0)) }
  }

  /// Returns a copy with the elements of some dimensions in reverse order.
  public func flipped(_ dimensions: [Int]) -> Tensor {
    withList(dimensions) { made(ct_flip(pointer, $0)) }
  }

  /// Returns the tensor padded with a value: two amounts for each dimension, before and after, from
  /// the last dimension on.
  public func padded(_ amounts: [Int], with value: Double = 0) -> Tensor {
    withList(amounts) { made(ct_pad(pointer, $0, value)) }
  }

  /// Returns tensors joined along a dimension (`torch.cat`).
  public static func concatenate(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
    withTensors(tensors) { made(ct_concatenate($0, Int64(dim))) }
  }

  /// Returns tensors joined along a new dimension (`torch.stack`).
  public static func stack(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
    withTensors(tensors) { made(ct_stack($0, Int64(dim))) }
  }
}
