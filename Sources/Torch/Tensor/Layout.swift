import CTorch

/// The order of a tensor's elements in memory.
public enum Layout: Sendable {
  /// Row-major: neighbours along the last dimension are adjacent.
  case contiguous
  /// The channels of `[N, C, H, W]` are adjacent.
  case channelsLast
  /// The channels of `[N, C, D, H, W]` are adjacent.
  case channelsLast3d

  var code: ct_layout {
    switch self {
    case .contiguous: CT_CONTIGUOUS
    case .channelsLast: CT_CHANNELS_LAST
    case .channelsLast3d: CT_CHANNELS_LAST_3D
    }
  }
}

extension Tensor {
  /// Returns whether the elements lie in memory in an order without gaps.
  public func isContiguous(_ layout: Layout = .contiguous) -> Bool {
    ct_is_contiguous(pointer, layout.code)
  }

  /// Returns the same elements in an order, or the tensor itself if they are in that order.
  public func contiguous(_ layout: Layout = .contiguous) -> Tensor {
    made(ct_contiguous(pointer, layout.code))
  }

  /// Returns the elements converted to a type, or the tensor itself if it has that type.
  public func to(_ dtype: DType) -> Tensor {
    made(ct_to(pointer, dtype.code, device.code))
  }

  /// The elements in float32 if they have 16 bits, or the tensor itself otherwise. It serves values
  /// that lose too much in 16 bits: losses, probabilities, coordinates.
  public var inFullPrecision: Tensor {
    dtype == .float16 || dtype == .bfloat16 ? to(.float32) : self
  }

  /// Returns the same elements on a device, or the tensor itself if it is there.
  public func to(_ device: Device) -> Tensor {
    made(ct_to(pointer, dtype.code, device.code))
  }

  /// Returns a copy with elements of its own.
  public func clone() -> Tensor {
    made(ct_clone(pointer))
  }

  /// Overwrites the elements with those of a tensor of the same shape; type and device are kept.
  /// The change is not recorded for gradients.
  public func copy(from other: Tensor) {
    checked(ct_copy(pointer, other.pointer))
  }

  /// Makes all copies of this tensor hold the elements, layout and type of another.
  public func replaceStorage(by other: Tensor) {
    checked(ct_set_data(pointer, other.pointer))
  }
}
