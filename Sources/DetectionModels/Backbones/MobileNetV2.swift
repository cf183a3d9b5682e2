public import Torch

/// MobileNetV2 (Sandler et al., 2018) as in torchvision.
public struct MobileNetV2: MobileNet {
  /// The layers before the classifier, [N, 3, H, W] → [N, 1280, H/32, W/32].
  public let features: Sequential
  /// The classifier, whose last layer is `classifier[1]`.
  public var classifier: Sequential

  /// Creates a network with weights drawn as torchvision draws them.
  ///
  /// - Parameters:
  ///   - numClasses: The number of classes.
  ///   - dropout: The probability of dropout before the classifier's linear layer.
  ///   - norm: Makes the normalisation of a number of channels.
  public init(
    numClasses: Int = 1000, dropout: Double = 0.2,
    norm: (_ channels: Int) -> any Layer = { BatchNorm2d($0) }
  ) {
    var layers: [any Layer] = [
      Conv2dNormActivation(
        3, 32, kernel: 3, stride: 2, norm: norm, activation: ReLU6(inPlace: true))
    ]
    var channels = 32
    for stage in Self.stages {
      for index in 0..<stage.blocks {
        layers.append(
          LinearBottleneck(
            channels, stage.channels, stride: index == 0 ? stage.stride : 1,
            expansion: stage.expansion, norm: norm))
        channels = stage.channels
      }
    }
    layers.append(
      Conv2dNormActivation(channels, 1280, kernel: 1, norm: norm, activation: ReLU6(inPlace: true)))
    features = Sequential(layers)
    classifier = Sequential(Dropout(dropout), Linear(1280, numClasses))
    drawConvolutionsAndClassifier()
  }

  /// Table 2 of the paper: t, c, n and s.
  private static let stages: [(expansion: Int, channels: Int, blocks: Int, stride: Int)] = [
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
  ]
}

/// An inverted residual with a linear bottleneck: a 1×1 convolution to more channels, a depthwise
/// 3×3 one, and a 1×1 one to fewer channels without activation, beside a shortcut if the shape is
/// kept.
struct LinearBottleneck: ScalingLayer {
  let conv: Sequential
  let stride: Int
  let outChannels: Int
  private let hasShortcut: Bool

  init(
    _ inChannels: Int, _ outChannels: Int, stride: Int, expansion: Int, norm: (Int) -> any Layer
  ) {
    let hidden = inChannels * expansion
    var layers: [any Layer] = []
    if expansion != 1 {
      layers.append(
        Conv2dNormActivation(
          inChannels, hidden, kernel: 1, norm: norm, activation: ReLU6(inPlace: true)))
    }
    layers.append(
      Conv2dNormActivation(
        hidden, hidden, kernel: 3, stride: stride, groups: hidden, norm: norm,
        activation: ReLU6(inPlace: true)))
    layers.append(Conv2d(hidden, outChannels, kernel: 1, bias: false))
    layers.append(norm(outChannels))
    conv = Sequential(layers)
    self.stride = stride
    self.outChannels = outChannels
    hasShortcut = stride == 1 && inChannels == outChannels
  }

  func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    hasShortcut ? input + conv(input, mode) : conv(input, mode)
  }
}

extension ModelZoo {
  static let mobileNetV2: [ZooModel] = [
    ZooModel(
      "mobilenet_v2", weights: PublishedWeights("mobilenet_v2-7ebf99e0.pth", resize: 232),
      older: [PublishedWeights("mobilenet_v2-b0353104.pth")]
    ) { options in
      MobileNetV2(
        numClasses: options.numClasses, dropout: options.dropout ?? 0.2, norm: options.normLayer())
    }
  ]
}
