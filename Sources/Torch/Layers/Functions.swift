import CTorch

// Layers as functions of their input and their state.

/// Convolves in as many dimensions as the weight has beside its channels.
///
/// - Parameter isFast: what `Conv2d` says of it.
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

public func linear(_ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil) -> Tensor {
  made(ct_linear(input.pointer, weight.pointer, bias?.pointer))
}

public func maxPool(
  _ input: Tensor, kernel: [Int], stride: [Int], padding: [Int], ceilMode: Bool = false
) -> Tensor {
  withList(kernel) { kernel in
    withList(stride) { stride in
      withList(padding) { made(ct_max_pool(input.pointer, kernel, stride, $0, ceilMode)) }
    }
  }
}

public func averagePool(
  _ input: Tensor, kernel: [Int], stride: [Int], padding: [Int]
) -> Tensor {
  withList(kernel) { kernel in
    withList(stride) { stride in
      withList(padding) { made(ct_average_pool(input.pointer, kernel, stride, $0)) }
    }
  }
}

public func adaptiveAveragePool(_ input: Tensor, size: [Int]) -> Tensor {
  withList(size) { made(ct_adaptive_average_pool(input.pointer, $0)) }
}

/// Normalises channels by the batch's statistics in training, by the running ones in inference;
/// training moves the running ones. Traps where a training batch has one value of each channel; an
/// empty one moves nothing.
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

public func groupNorm(
  _ input: Tensor, groups: Int, weight: Tensor?, bias: Tensor?, epsilon: Double = 1e-5
) -> Tensor {
  made(ct_group_norm(input.pointer, Int64(groups), weight?.pointer, bias?.pointer, epsilon))
}

public func layerNorm(
  _ input: Tensor, shape: [Int], weight: Tensor?, bias: Tensor?, epsilon: Double = 1e-5
) -> Tensor {
  withList(shape) {
    made(ct_layer_norm(input.pointer, $0, weight?.pointer, bias?.pointer, epsilon))
  }
}

public func dropout(_ input: Tensor, _ probability: Double, _ mode: Mode) -> Tensor {
  made(ct_dropout(input.pointer, probability, mode == .training))
}

/// How pixels between pixels are worked out.
public enum Interpolation: Sendable {
  case nearest, bilinear

  var code: ct_interpolation {
    switch self {
    case .nearest: CT_NEAREST
    case .bilinear: CT_BILINEAR
    }
  }
}

/// Resizes [N, C, H, W] to a height and width; corners are not aligned.
///
/// - Parameter scales: what a step in the output is in the input, upside down (output / input), by
///   height and width, where the sizes alone do not give it.
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
