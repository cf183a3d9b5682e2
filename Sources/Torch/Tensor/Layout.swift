import CTorch

/// The order of a tensor's numbers in memory.
public enum Layout: Sendable {
  /// Row-major: the last dimension's neighbours lie side by side.
  case contiguous
  /// The channels of `[N, C, H, W]` lie side by side.
  case channelsLast
  /// The channels of `[N, C, D, H, W]` lie side by side.
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
  public func isContiguous(_ layout: Layout = .contiguous) -> Bool {
    ct_is_contiguous(pointer, layout.code)
  }

  /// The same numbers in an order; the tensor itself if they lie so already.
  public func contiguous(_ layout: Layout = .contiguous) -> Tensor {
    made(ct_contiguous(pointer, layout.code))
  }

  /// The same numbers as another type; the tensor itself if it has that type.
  public func to(_ dtype: DType) -> Tensor {
    made(ct_to(pointer, dtype.code, device.code))
  }

  /// Floating point of 32 bits where it has 16; the tensor itself otherwise. For what loses too much
  /// in 16: losses, probabilities, coordinates.
  public var inFullPrecision: Tensor {
    dtype == .float16 || dtype == .bfloat16 ? to(.float32) : self
  }

  /// The same numbers on a device; the tensor itself if it is there.
  public func to(_ device: Device) -> Tensor {
    made(ct_to(pointer, dtype.code, device.code))
  }

  /// A copy with numbers of its own.
  public func clone() -> Tensor {
    made(ct_clone(pointer))
  }

  /// Overwrites the numbers with another's of the same shape; type and device stay. Gradients do
  /// not see it.
  public func copy(from other: Tensor) {
    checked(ct_copy(pointer, other.pointer))
  }

  /// Lets all copies of this tensor hold another's numbers, layout and type.
  public func replaceStorage(by other: Tensor) {
    checked(ct_set_data(pointer, other.pointer))
  }
}
