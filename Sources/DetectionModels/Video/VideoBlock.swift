import Torch

/// A residual block of two convolutions over space and time.
struct VideoBlock: Layer {
  let conv1: Sequential
  let conv2: Sequential
  let downsample: Sequential?

  init(
    _ inChannels: Int, _ channels: Int, convolution: VideoConvolution, stride: Int,
    downsample: Sequential?
  ) {
    let middle = Self.middleChannels(inChannels, channels)
    conv1 = Sequential(
      convolution.layer(inChannels, channels, middle: middle, stride: stride),
      BatchNorm3d(channels),
      ReLU(inPlace: true))
    // Both have the first one's number of channels in between, as in torchvision.
    conv2 = Sequential(
      convolution.layer(channels, channels, middle: middle, stride: 1),
      BatchNorm3d(channels))
    self.downsample = downsample
  }

  func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    let x = conv2(conv1(input, mode), mode)
    // This adds in place to the output of batch norm, so that the sum needs no memory of its own.
    x.add(downsample?(input, mode) ?? input)
    return relu(x, inPlace: true)
  }

  /// Returns the number of channels between 1×3×3 and 3×1×1 at which both together have as many
  /// weights as 3×3×3 (Tran et al., 2018, section 3.5).
  static func middleChannels(_ inChannels: Int, _ outChannels: Int) -> Int {
    (inChannels * outChannels * 27) / (inChannels * 9 + 3 * outChannels)
  }
}

/// A builder of a video ResNet's stages, which keeps the number of channels of the last one.
struct VideoStage {
  private(set) var inChannels = 64

  /// Returns the blocks of one stage; the first has the stride and, if the shape changes, a
  /// convolution in its shortcut.
  mutating func layers(
    _ channels: Int, blocks: Int, convolution: VideoConvolution, stride: Int
  ) -> Sequential {
    var layers: [any Layer] = []
    for index in 0..<blocks {
      let stride = index == 0 ? stride : 1
      let downsample =
        stride != 1 || inChannels != channels
        ? Sequential(
          Conv3d(
            inChannels, channels, kernel: 1, stride: convolution.shortcutStride(stride),
            bias: false),
          BatchNorm3d(channels))
        : nil
      layers.append(
        VideoBlock(
          inChannels, channels, convolution: convolution, stride: stride, downsample: downsample))
      inChannels = channels
    }
    return Sequential(layers)
  }
}
