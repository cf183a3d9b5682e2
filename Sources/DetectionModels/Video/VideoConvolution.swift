import Torch

/// The convolution over height, width and time in a stage of a video ResNet; torchvision's
/// `Conv3DSimple`, `Conv3DNoTemporal` and `Conv2Plus1D`.
public enum VideoConvolution: Sendable {
  /// A 3×3×3 convolution over space and time at once.
  case simple
  /// A 1×3×3 convolution of each frame by itself.
  case noTemporal
  /// A 1×3×3 convolution over space, then a 3×1×1 one over time.
  case twoPlusOne

  func layer(_ inChannels: Int, _ outChannels: Int, middle: Int, stride: Int) -> any Layer {
    switch self {
    case .simple:
      Conv3d(
        inChannels, outChannels, kernel: 3, stride: Sizes(stride), padding: 1, bias: false)
    case .noTemporal:
      spatial(inChannels, outChannels, stride: stride)
    case .twoPlusOne:
      Sequential(
        spatial(inChannels, middle, stride: stride),
        BatchNorm3d(middle),
        ReLU(inPlace: true),
        Conv3d(
          middle, outChannels, kernel: [3, 1, 1], stride: [stride, 1, 1], padding: [1, 0, 0],
          bias: false))
    }
  }

  /// Returns the stride of the shortcut beside a convolution with a stride.
  func shortcutStride(_ stride: Int) -> Sizes {
    switch self {
    case .simple, .twoPlusOne: Sizes(stride)
    case .noTemporal: [1, stride, stride]
    }
  }

  private func spatial(_ inChannels: Int, _ outChannels: Int, stride: Int) -> Conv3d {
    Conv3d(
      inChannels, outChannels, kernel: [1, 3, 3], stride: [1, stride, stride],
      padding: [0, 1, 1], bias: false)
  }
}

/// The first layers of a video ResNet: [N, 3, T, H, W] → [N, 64, T, H/2, W/2].
public enum VideoStem: Sendable {
  /// One 3×7×7 convolution.
  case basic
  /// A 1×7×7 convolution to 45 channels, then a 3×1×1 one, with about as many weights as `basic`.
  case twoPlusOne

  var layers: Sequential {
    switch self {
    case .basic:
      Sequential(
        Conv3d(
          3, 64, kernel: [3, 7, 7], stride: [1, 2, 2], padding: [1, 3, 3], bias: false),
        BatchNorm3d(64),
        ReLU(inPlace: true))
    case .twoPlusOne:
      Sequential(
        Conv3d(
          3, 45, kernel: [1, 7, 7], stride: [1, 2, 2], padding: [0, 3, 3], bias: false),
        BatchNorm3d(45),
        ReLU(inPlace: true),
        Conv3d(45, 64, kernel: [3, 1, 1], padding: [1, 0, 0], bias: false),
        BatchNorm3d(64),
        ReLU(inPlace: true))
    }
  }
}
