public import Torch

/// VGG (Simonyan and Zisserman, 2014) as in torchvision, with batch normalisation or without.
///
/// It has five blocks of 3×3 convolutions, each of which ends with a pooling that halves height and
/// width.
public struct VGG: FeatureExtractor {
  /// The layers before the classifier, [N, 3, H, W] → [N, 512, H/32, W/32].
  public let features: Sequential
  /// The classifier, [N, 25088] → [N, classes], whose last layer is `classifier[6]`.
  public var classifier: Sequential

  /// Creates a network with weights drawn as torchvision draws them.
  ///
  /// - Parameters:
  ///   - convolutions: The number of convolutions of each of the five blocks (table 1 of the
  ///     paper).
  ///   - norm: Makes the normalisation of a number of channels; nil for none.
  ///   - numClasses: The number of classes.
  ///   - dropout: The probability of dropout after each of the two hidden layers of the
  ///     classifier.
  public init(
    convolutions: [Int], norm: NormLayer? = nil, numClasses: Int = 1000, dropout: Double = 0.5
  ) {
    features = Self.features(convolutions, norm: norm)
    classifier = Sequential(
      Linear(512 * 7 * 7, 4096), ReLU(inPlace: true), Dropout(dropout),
      Linear(4096, 4096), ReLU(inPlace: true), Dropout(dropout),
      Linear(4096, numClasses))
    drawConvolutionsAndClassifier()
  }

  /// The number of channels of the features.
  public var outChannels: Int { 512 }

  /// The layers of `features`, with their indices as keys.
  public var featureLayers: [(key: String, layer: any Layer)] {
    features.layers.enumerated().map { (String($0.offset), $0.element) }
  }

  /// The five blocks, numbered from 1; the map of each is the output of its pooling.
  public var featureStages: [FeatureStage] {
    let pools = features.layers.indices.filter { features.layers[$0] is MaxPool }
    let starts = [0] + pools.map { $0 + 1 }
    return zip(Self.blockChannels, zip(starts, pools)).enumerated().map { index, block in
      FeatureStage(
        index + 1, start: block.1.0, map: FeatureMapSource(layer: block.1.1, channels: block.0))
    }
  }

  /// The number of channels of each block (table 1 of the paper).
  private static let blockChannels = [64, 128, 256, 512, 512]

  /// Returns the logits of images [N, 3, H, W].
  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    let x = adaptiveAveragePool(features(input, mode), size: [7, 7])  // [N, 512, 7, 7]
    return classifier(x.flattened(from: 1), mode)
  }

  private static func features(_ convolutions: [Int], norm: NormLayer?) -> Sequential {
    var layers: [any Layer] = []
    var inChannels = 3
    for (count, channels) in zip(convolutions, blockChannels) {
      for _ in 0..<count {
        layers.append(Conv2d(inChannels, channels, kernel: 3, padding: 1))
        if let norm { layers.append(norm(channels)) }
        layers.append(ReLU(inPlace: true))
        inChannels = channels
      }
      layers.append(MaxPool(kernel: 2, stride: 2))
    }
    return Sequential(layers)
  }
}

extension VGG {
  /// Returns a VGG of 11 layers with weights (table 1 of the paper, A).
  public static func vgg11(
    norm: NormLayer? = nil, numClasses: Int = 1000, dropout: Double = 0.5
  ) -> VGG {
    VGG(
      convolutions: [1, 1, 2, 2, 2], norm: norm, numClasses: numClasses, dropout: dropout)
  }

  /// Returns a VGG of 13 layers with weights (table 1 of the paper, B).
  public static func vgg13(
    norm: NormLayer? = nil, numClasses: Int = 1000, dropout: Double = 0.5
  ) -> VGG {
    VGG(
      convolutions: [2, 2, 2, 2, 2], norm: norm, numClasses: numClasses, dropout: dropout)
  }

  /// Returns a VGG of 16 layers with weights (table 1 of the paper, D).
  public static func vgg16(
    norm: NormLayer? = nil, numClasses: Int = 1000, dropout: Double = 0.5
  ) -> VGG {
    VGG(
      convolutions: [2, 2, 3, 3, 3], norm: norm, numClasses: numClasses, dropout: dropout)
  }

  /// Returns a VGG of 19 layers with weights (table 1 of the paper, E).
  public static func vgg19(
    norm: NormLayer? = nil, numClasses: Int = 1000, dropout: Double = 0.5
  ) -> VGG {
    VGG(
      convolutions: [2, 2, 4, 4, 4], norm: norm, numClasses: numClasses, dropout: dropout)
  }
}

extension ModelZoo {
  static let vgg: [ZooModel] = [
    vgg("vgg11", file: "vgg11-8a719046.pth", VGG.vgg11),
    vgg("vgg11_bn", file: "vgg11_bn-6002323d.pth", batchNorm: true, VGG.vgg11),
    vgg("vgg13", file: "vgg13-19584684.pth", VGG.vgg13),
    vgg("vgg13_bn", file: "vgg13_bn-abd245e5.pth", batchNorm: true, VGG.vgg13),
    vgg("vgg16", file: "vgg16-397923af.pth", VGG.vgg16),
    vgg("vgg16_bn", file: "vgg16_bn-6c64b313.pth", batchNorm: true, VGG.vgg16),
    vgg("vgg19", file: "vgg19-dcbb9e9d.pth", VGG.vgg19),
    vgg("vgg19_bn", file: "vgg19_bn-c79401a0.pth", batchNorm: true, VGG.vgg19),
  ]

  private static func vgg(
    _ name: String, file: String, batchNorm: Bool = false,
    _ make: @escaping @Sendable (NormLayer?, Int, Double) -> VGG
  ) -> ZooModel {
    ZooModel(name, weights: PublishedWeights(file)) { options in
      make(batchNorm ? options.normLayer() : nil, options.numClasses, options.dropout ?? 0.5)
    }
  }
}
