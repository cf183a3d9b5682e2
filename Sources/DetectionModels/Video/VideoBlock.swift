import Torch

/// Two convolutions over space and time beside a shortcut.
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
    // Both have the first one's channels in between, as in torchvision.
    conv2 = Sequential(
      convolution.layer(channels, channels, middle: middle, stride: 1),
      BatchNorm3d(channels))
    self.downsample = downsample
  }

  func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    let x = conv2(conv1(input, mode), mode)
    // Into the numbers that batch norm has made: neither needs a clip's worth of memory of its own.
    x.add(downsample?(input, mode) ?? input)
    return relu(x, inPlace: true)
  }

  /// The channels between 1×3×3 and 3×1×1 that give both together as many weights as 3×3×3 has
  /// (Tran et al., 2018, section 3.5).
  static func middleChannels(_ inChannels: Int, _ outChannels: Int) -> Int {
    (inChannels * outChannels * 27) / (inChannels * 9 + 3 * outChannels)
  }
}

/// What the stages of a video ResNet are made of; remembers the channels that the last one gave.
struct VideoStage {
  private(set) var inChannels = 64

  /// Blocks of one stage; the first one has the stride and, where the shape changes, a
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
