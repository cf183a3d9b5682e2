public import Torch

/// MobileNetV3 (Howard et al., 2019) as in torchvision.
public struct MobileNetV3: MobileNet {
  /// The size of a MobileNetV3: the rows of table 2 (small) or table 1 (large) of the paper.
  public enum Size: Sendable {
    /// One of the two networks of the paper.
    case small, large
  }

  /// The layers before the classifier, [N, 3, H, W] → [N, outChannels, H/32, W/32].
  public let features: Sequential
  /// The classifier, whose last layer is `classifier[3]`.
  public var classifier: Sequential

  /// Creates a network with weights drawn as torchvision draws them.
  ///
  /// - Parameters:
  ///   - size: The size of the network.
  ///   - numClasses: The number of classes.
  ///   - dropout: The probability of dropout before the classifier's last layer.
  ///   - reducedTail: Whether the last stage has half its channels, as in detectors that start
  ///     from drawn weights (table 6 of the paper).
  ///   - norm: Makes the normalisation of a number of channels.
  public init(
    _ size: Size, numClasses: Int = 1000, dropout: Double = 0.2, reducedTail: Bool = false,
    norm: (_ channels: Int) -> any Layer = { BatchNorm2d($0, epsilon: 0.001, momentum: 0.01) }
  ) {
    var layers: [any Layer] = [
      Conv2dNormActivation(
        3, 16, kernel: 3, stride: 2, norm: norm, activation: Hardswish(inPlace: true))
    ]
    var channels = 16
    let divisor = reducedTail ? 2 : 1
    for row in size.rows(tailDividedBy: divisor) {
      layers.append(InvertedResidual(channels, row, norm: norm))
      channels = row.channels
    }
    layers.append(
      Conv2dNormActivation(
        channels, 6 * channels, kernel: 1, norm: norm, activation: Hardswish(inPlace: true)))
    features = Sequential(layers)
    let hidden = size.hiddenFeatures / divisor
    classifier = Sequential(
      Linear(6 * channels, hidden), Hardswish(inPlace: true), Dropout(dropout),
      Linear(hidden, numClasses))
    drawConvolutionsAndClassifier()
  }
}

extension MobileNetV3.Size {
  /// The number of features of the classifier's hidden layer.
  var hiddenFeatures: Int { self == .small ? 1024 : 1280 }

  /// Returns tables 1 (large) and 2 (small) of the paper, with the channels of the last stage
  /// divided.
  func rows(tailDividedBy part: Int) -> [InvertedResidual.Row] {
    switch self {
    case .large:
      [
        .init(3, expanded: 16, channels: 16, squeezes: false, .relu, stride: 1),
        .init(3, expanded: 64, channels: 24, squeezes: false, .relu, stride: 2),
        .init(3, expanded: 72, channels: 24, squeezes: false, .relu, stride: 1),
        .init(5, expanded: 72, channels: 40, squeezes: true, .relu, stride: 2),
        .init(5, expanded: 120, channels: 40, squeezes: true, .relu, stride: 1),
        .init(5, expanded: 120, channels: 40, squeezes: true, .relu, stride: 1),
        .init(3, expanded: 240, channels: 80, squeezes: false, .hardswish, stride: 2),
        .init(3, expanded: 200, channels: 80, squeezes: false, .hardswish, stride: 1),
        .init(3, expanded: 184, channels: 80, squeezes: false, .hardswish, stride: 1),
        .init(3, expanded: 184, channels: 80, squeezes: false, .hardswish, stride: 1),
        .init(3, expanded: 480, channels: 112, squeezes: true, .hardswish, stride: 1),
        .init(3, expanded: 672, channels: 112, squeezes: true, .hardswish, stride: 1),
        .init(5, expanded: 672, channels: 160 / part, squeezes: true, .hardswish, stride: 2),
        .init(5, expanded: 960 / part, channels: 160 / part, squeezes: true, .hardswish, stride: 1),
        .init(5, expanded: 960 / part, channels: 160 / part, squeezes: true, .hardswish, stride: 1),
      ]
    case .small:
      [
        .init(3, expanded: 16, channels: 16, squeezes: true, .relu, stride: 2),
        .init(3, expanded: 72, channels: 24, squeezes: false, .relu, stride: 2),
        .init(3, expanded: 88, channels: 24, squeezes: false, .relu, stride: 1),
        .init(5, expanded: 96, channels: 40, squeezes: true, .hardswish, stride: 2),
        .init(5, expanded: 240, channels: 40, squeezes: true, .hardswish, stride: 1),
        .init(5, expanded: 240, channels: 40, squeezes: true, .hardswish, stride: 1),
        .init(5, expanded: 120, channels: 48, squeezes: true, .hardswish, stride: 1),
        .init(5, expanded: 144, channels: 48, squeezes: true, .hardswish, stride: 1),
        .init(5, expanded: 288, channels: 96 / part, squeezes: true, .hardswish, stride: 2),
        .init(5, expanded: 576 / part, channels: 96 / part, squeezes: true, .hardswish, stride: 1),
        .init(5, expanded: 576 / part, channels: 96 / part, squeezes: true, .hardswish, stride: 1),
      ]
    }
  }
}

extension ModelZoo {
  static let mobileNetV3: [ZooModel] = [
    ZooModel("mobilenet_v3_small", weights: PublishedWeights("mobilenet_v3_small-047dcff4.pth")) {
      mobileNetV3(.small, $0)
    },
    ZooModel(
      "mobilenet_v3_large",
      weights: PublishedWeights("mobilenet_v3_large-5c1a4163.pth", resize: 232),
      older: [PublishedWeights("mobilenet_v3_large-8738ca79.pth")]
    ) {
      mobileNetV3(.large, $0)
    },
  ]

  private static func mobileNetV3(
    _ size: MobileNetV3.Size, _ options: ZooModel.Options
  ) -> MobileNetV3 {
    let dropout = options.dropout ?? 0.2
    guard let norm = options.norm else {
      return MobileNetV3(size, numClasses: options.numClasses, dropout: dropout)
    }
    return MobileNetV3(size, numClasses: options.numClasses, dropout: dropout) { norm($0) }
  }
}
