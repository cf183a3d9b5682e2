import CTorch

// Layers as functions of their input and their state.

/// Returns a convolution in as many dimensions as the weight has besides its channels.
///
/// - Parameters:
///   - input: The input, [N, C, ...].
///   - weight: The weight, [K, C / groups, kernel...].
///   - bias: The bias, [K]; nil for none.
///   - window: The stride, padding, dilation and groups.
///   - isFast: Whether Winograd's algorithm may be used in training too, as in `Conv2d`.
public func convolution(
  _ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, _ window: ConvolutionWindow,
  isFast: Bool = false
) -> Tensor {
  withList(window.stride) { stride in
    withList(window.padding) { padding in
      withList(window.dilation) { dilation in
        made(
          ct_convolution(
            input.pointer, weight.pointer, bias?.pointer, stride, padding, dilation,
            Int64(window.groups), isFast))
      }
    }
  }
}

/// Returns a transposed convolution in two dimensions (`torch.nn.functional.conv_transpose2d`): an
/// input [N, C, H, W] with a weight [C, K, kernel, kernel].
public func transposedConvolution(
  _ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: [Int], padding: [Int]
) -> Tensor {
  withList(stride) { stride in
    withList(padding) { padding in
      made(
        ct_transposed_convolution(input.pointer, weight.pointer, bias?.pointer, stride, padding))
    }
  }
}

/// Returns the matrix product of an input [..., in] and the transpose of a weight [out, in], plus a
/// bias [out].
public func linear(_ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil) -> Tensor {
  made(ct_linear(input.pointer, weight.pointer, bias?.pointer))
}

/// Returns the maximum of each window, in two or three dimensions.
///
/// - Parameters:
///   - input: The input, [N, C, ...].
///   - kernel: The size of the window in each dimension.
///   - stride: The distance between neighbouring windows.
///   - padding: The number of elements of −∞ added on each side.
///   - ceilMode: Whether a last window may extend past the end.
public func maxPool(
  _ input: Tensor, kernel: [Int], stride: [Int], padding: [Int], ceilMode: Bool = false
) -> Tensor {
  withList(kernel) { kernel in
    withList(stride) { stride in
      withList(padding) { made(ct_max_pool(input.pointer, kernel, stride, $0, ceilMode)) }
    }
  }
}

/// Returns the mean of each window, in two or three dimensions; zeros of the padding count.
public func averagePool(
  _ input: Tensor, kernel: [Int], stride: [Int], padding: [Int]
) -> Tensor {
  withList(kernel) { kernel in
    withList(stride) { stride in
      withList(padding) { made(ct_average_pool(input.pointer, kernel, stride, $0)) }
    }
  }
}

/// Returns the means of windows that divide the input [N, C, ...] into an output of a size, in two
/// or three dimensions.
public func adaptiveAveragePool(_ input: Tensor, size: [Int]) -> Tensor {
  withList(size) { made(ct_adaptive_average_pool(input.pointer, $0)) }
}

/// Returns the input with its channels normalised by the statistics of the batch in training, and
/// by the running ones in inference.
///
/// Training updates the running statistics, unless the batch is empty. It traps if the batch has
/// only one value of each channel.
public func batchNorm(
  _ input: Tensor, weight: Tensor, bias: Tensor, mean: Tensor, variance: Tensor, mode: Mode,
  momentum: Double = 0.1, epsilon: Double = 1e-5
) -> Tensor {
  if mode == .training, !input.isEmpty, input.count == input.size(1) {
    Runtime.fail("batchNorm: expected more than 1 value per channel, found \(input.shape)")
  }
  return made(
    ct_batch_norm(
      input.pointer, weight.pointer, bias.pointer, mean.pointer, variance.pointer,
      mode == .training, momentum, epsilon))
}

/// Returns the input [N, C, ...] with groups of channels normalised by each sample's own
/// statistics, scaled and shifted.
public func groupNorm(
  _ input: Tensor, groups: Int, weight: Tensor?, bias: Tensor?, epsilon: Double = 1e-5
) -> Tensor {
  made(ct_group_norm(input.pointer, Int64(groups), weight?.pointer, bias?.pointer, epsilon))
}

/// Returns the input normalised over its last dimensions, whose sizes are `shape`, scaled and
/// shifted.
public func layerNorm(
  _ input: Tensor, shape: [Int], weight: Tensor?, bias: Tensor?, epsilon: Double = 1e-5
) -> Tensor {
  withList(shape) {
    made(ct_layer_norm(input.pointer, $0, weight?.pointer, bias?.pointer, epsilon))
  }
}

/// Returns the input with elements set to zero with a probability in training and the others scaled
/// up, and unchanged in inference.
public func dropout(_ input: Tensor, _ probability: Double, _ mode: Mode) -> Tensor {
  made(ct_dropout(input.pointer, probability, mode == .training))
}

/// The method by which values between pixels are computed.
public enum Interpolation: Sendable {
  /// The value of the nearest pixel, or the bilinear mean of the four neighbouring ones.
  case nearest, bilinear

  var code: ct_interpolation {
    switch self {
    case .nearest: CT_NEAREST
    case .bilinear: CT_BILINEAR
    }
  }
}

/// Returns an input [N, C, H, W] resized to a height and width, without aligned corners.
///
/// - Parameters:
///   - input: The input.
///   - height: The height of the output in pixels.
///   - width: The width of the output in pixels.
///   - interpolation: The method of interpolation.
///   - antialias: Whether bilinear interpolation averages over the pixels that it reduces.
///   - scales: The ratios output / input by height and width, if the sizes alone do not give
///     them.
public func interpolate(
  _ input: Tensor, height: Int, width: Int, _ interpolation: Interpolation,
  antialias: Bool = false, scales: (height: Double, width: Double)? = nil
) -> Tensor {
  withList([height, width]) { size in
    guard let scales else {
      return made(ct_interpolate(input.pointer, size, interpolation.code, antialias, nil))
    }
    return [scales.height, scales.width].withUnsafeBufferPointer {
      made(
        ct_interpolate(input.pointer, size, interpolation.code, antialias, $0.baseAddress))
    }
  }
}
