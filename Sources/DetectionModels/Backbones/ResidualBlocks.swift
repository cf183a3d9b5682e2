import Torch

/// A residual block of two 3×3 convolutions.
struct BasicBlock: Layer {
  let conv1: Conv2d
  let bn1: any Layer
  let conv2: Conv2d
  let bn2: any Layer
  let downsample: Sequential?

  init(
    _ inChannels: Int, _ channels: Int, stride: Int, downsample: Sequential?, norm: NormLayer
  ) {
    conv1 = Conv2d(
      inChannels, channels, kernel: 3, stride: Sizes(stride), padding: 1, bias: false)
    bn1 = norm(channels)
    conv2 = Conv2d(channels, channels, kernel: 3, padding: 1, bias: false)
    bn2 = norm(channels)
    self.downsample = downsample
  }

  func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    var x = relu(bn1(after: conv1, input, mode), inPlace: true)
    x = bn2(after: conv2, x, mode)
    return relu(x + (downsample?(input, mode) ?? input), inPlace: true)
  }
}

/// A residual block of 1×1, 3×3 and 1×1 convolutions.
struct Bottleneck: Layer {
  static let expansion = 4

  let conv1: Conv2d
  let bn1: any Layer
  let conv2: Conv2d
  let bn2: any Layer
  let conv3: Conv2d
  let bn3: any Layer
  let downsample: Sequential?

  init(
    _ inChannels: Int, _ channels: Int, stride: Int, groups: Int, widthPerGroup: Int,
    downsample: Sequential?, norm: NormLayer
  ) {
    let width = channels * widthPerGroup / 64 * groups
    let outChannels = channels * Self.expansion
    conv1 = Conv2d(inChannels, width, kernel: 1, bias: false)
    bn1 = norm(width)
    conv2 = Conv2d(
      width, width, kernel: 3, stride: Sizes(stride), padding: 1, groups: groups, bias: false)
    bn2 = norm(width)
    conv3 = Conv2d(width, outChannels, kernel: 1, bias: false)
    bn3 = norm(outChannels)
    self.downsample = downsample
  }

  func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    var x = relu(bn1(after: conv1, input, mode), inPlace: true)
    x = relu(bn2(after: conv2, x, mode), inPlace: true)
    x = bn3(after: conv3, x, mode)
    return relu(x + (downsample?(input, mode) ?? input), inPlace: true)
  }
}

/// A builder of a ResNet's stages, which keeps the number of channels of the last one.
struct ResidualStage {
  let bottleneck: Bool
  let groups: Int
  let widthPerGroup: Int
  private(set) var inChannels = 64

  init(bottleneck: Bool, groups: Int, widthPerGroup: Int) {
    self.bottleneck = bottleneck
    self.groups = groups
    self.widthPerGroup = widthPerGroup
  }

  /// Returns the blocks of one stage; the first has the stride and, if the shape changes, a
  /// convolution in its shortcut.
  mutating func layers(
    _ channels: Int, blocks: Int, stride: Int, norm: NormLayer
  ) -> Sequential {
    let outChannels = channels * (bottleneck ? Bottleneck.expansion : 1)
    var layers: [any Layer] = []
    for index in 0..<blocks {
      let stride = index == 0 ? stride : 1
      let downsample =
        stride != 1 || inChannels != outChannels
        ? Sequential(
          Conv2d(inChannels, outChannels, kernel: 1, stride: Sizes(stride), bias: false),
          norm(outChannels))
        : nil
      layers.append(block(channels, stride: stride, downsample: downsample, norm: norm))
      inChannels = outChannels
    }
    return Sequential(layers)
  }

  private func block(
    _ channels: Int, stride: Int, downsample: Sequential?, norm: NormLayer
  ) -> any Layer {
    bottleneck
      ? Bottleneck(
        inChannels, channels, stride: stride, groups: groups, widthPerGroup: widthPerGroup,
        downsample: downsample, norm: norm)
      : BasicBlock(inChannels, channels, stride: stride, downsample: downsample, norm: norm)
  }
}
