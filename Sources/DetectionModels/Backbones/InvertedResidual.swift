import Torch

/// MobileNetV3's block (section 5 of the paper): a 1×1 convolution to more channels, a depthwise
/// k×k one, optional squeeze and excitation, and a 1×1 one to fewer channels without activation,
/// beside a shortcut if the shape is kept.
struct InvertedResidual: ScalingLayer {
  /// A row of the paper's tables 1 and 2.
  struct Row {
    let kernel: Int
    /// The number of channels of the depthwise convolution.
    let expanded: Int
    /// The number of channels of the output.
    let channels: Int
    /// A Boolean value that is true if the block has squeeze and excitation.
    let squeezes: Bool
    let activation: Activation
    let stride: Int

    init(
      _ kernel: Int, expanded: Int, channels: Int, squeezes: Bool, _ activation: Activation,
      stride: Int
    ) {
      self.kernel = kernel
      self.expanded = expanded
      self.channels = channels
      self.squeezes = squeezes
      self.activation = activation
      self.stride = stride
    }
  }

  enum Activation {
    case relu, hardswish

    var layer: any Layer {
      switch self {
      case .relu: ReLU(inPlace: true)
      case .hardswish: Hardswish(inPlace: true)
      }
    }
  }

  let block: Sequential
  let stride: Int
  let outChannels: Int
  private let hasShortcut: Bool

  init(_ inChannels: Int, _ row: Row, norm: (Int) -> any Layer) {
    var layers: [any Layer] = []
    if row.expanded != inChannels {
      layers.append(
        Conv2dNormActivation(
          inChannels, row.expanded, kernel: 1, norm: norm, activation: row.activation.layer))
    }
    layers.append(
      Conv2dNormActivation(
        row.expanded, row.expanded, kernel: row.kernel, stride: row.stride, groups: row.expanded,
        norm: norm, activation: row.activation.layer))
    if row.squeezes {
      layers.append(SqueezeExcitation(row.expanded, squeezed: Self.squeezed(row.expanded)))
    }
    layers.append(
      Conv2dNormActivation(row.expanded, row.channels, kernel: 1, norm: norm, activation: nil))
    block = Sequential(layers)
    stride = row.stride
    outChannels = row.channels
    hasShortcut = row.stride == 1 && inChannels == row.channels
  }

  func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    let output = block(input, mode)
    if hasShortcut { output.add(input) }
    return output
  }

  /// Returns a quarter of the channels rounded to the nearest multiple of 8, but at least nine
  /// tenths of it.
  static func squeezed(_ channels: Int) -> Int {
    let quarter = channels / 4
    let rounded = max(8, (quarter + 4) / 8 * 8)
    return rounded * 10 < quarter * 9 ? rounded + 8 : rounded
  }
}

/// Squeeze and excitation (Hu et al., 2017) with a hard sigmoid, which scales channels by weights
/// computed from their means: [N, C, H, W] → [N, C, H, W].
struct SqueezeExcitation: ModeFreeLayer {
  let fc1: Conv2d
  let fc2: Conv2d

  init(_ channels: Int, squeezed: Int) {
    fc1 = Conv2d(channels, squeezed, kernel: 1)
    fc2 = Conv2d(squeezed, channels, kernel: 1)
  }

  func callAsFunction(_ input: Tensor) -> Tensor {
    let means = adaptiveAveragePool(input, size: [1, 1])  // [N, C, 1, 1]
    return fc2(fc1(means).relu()).hardsigmoid() * input
  }
}
