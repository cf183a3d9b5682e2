import CTorch

extension Tensor {
  /// The same numbers in another shape; one size may be −1, which is worked out.
  public func reshaped(_ shape: [Int]) -> Tensor {
    withList(shape) { made(ct_reshape(pointer, $0)) }
  }

  public func permuted(_ dimensions: [Int]) -> Tensor {
    withList(dimensions) { made(ct_permute(pointer, $0)) }
  }

  public func transposed(_ first: Int, _ second: Int) -> Tensor {
    made(ct_transpose(pointer, Int64(first), Int64(second)))
  }

  /// Dimensions from `start` to `end` as one.
  public func flattened(from start: Int = 0, to end: Int = -1) -> Tensor {
    made(ct_flatten(pointer, Int64(start), Int64(end)))
  }

  /// Returns the tensor with a dimension of size 1 put in.
  public func unsqueezed(_ dimension: Int) -> Tensor {
    made(ct_unsqueeze(pointer, Int64(dimension)))
  }

  /// Returns the tensor without a dimension, if its size is 1.
  public func squeezed(_ dimension: Int) -> Tensor {
    made(ct_squeeze(pointer, Int64(dimension)))
  }

  /// Dimensions of size 1 repeated, without a copy; −1 leaves a size as it is.
  public func expanded(_ shape: [Int]) -> Tensor {
    withList(shape) { made(ct_expand(pointer, $0)) }
  }

  public func flipped(_ dimensions: [Int]) -> Tensor {
    withList(dimensions) { made(ct_flip(pointer, $0)) }
  }

  /// Returns the tensor with numbers put around it: two amounts a dimension, from the last
  /// dimension on.
  public func padded(_ amounts: [Int], with value: Double = 0) -> Tensor {
    withList(amounts) { made(ct_pad(pointer, $0, value)) }
  }

  /// Joined along a dimension (`torch.cat`).
  public static func concatenate(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
    withTensors(tensors) { made(ct_concatenate($0, Int64(dim))) }
  }

  /// Joined along a new dimension.
  public static func stack(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
    withTensors(tensors) { made(ct_stack($0, Int64(dim))) }
  }
}
