public import Torch

/// DenseNet-BC (Huang et al., 2016) as in torchvision: each layer of a dense block takes the
/// outputs of all layers before it.
public struct DenseNet: FeatureExtractor {
  /// The layers before the classifier, [N, 3, H, W] → [N, outChannels, H/32, W/32], normalised but
  /// not yet rectified.
  public let features: NamedSequential
  /// The layer that predicts the classes.
  public var classifier: Linear
  /// The number of channels of the features.
  public let outChannels: Int

  /// Creates a network with weights drawn as torchvision draws them.
  ///
  /// - Parameters:
  ///   - growthRate: The number of channels that each layer adds, the k of the paper.
  ///   - blocks: The number of layers of each of the four dense blocks.
  ///   - initialChannels: The number of channels of the first convolution.
  ///   - numClasses: The number of classes.
  ///   - dropout: The probability of dropout after each dense layer.
  ///   - norm: Makes the normalisation of a number of channels.
  public init(
    growthRate: Int = 32, blocks: [Int], initialChannels: Int = 64, numClasses: Int = 1000,
    dropout: Double = 0, norm: NormLayer = { BatchNorm2d($0) }
  ) {
    var layers: [(key: String, layer: any Layer)] = [
      ("conv0", Conv2d(3, initialChannels, kernel: 7, stride: 2, padding: 3, bias: false)),
      ("norm0", norm(initialChannels)),
      ("relu0", ReLU(inPlace: true)),
      ("pool0", MaxPool(kernel: 3, stride: 2, padding: 1)),
    ]
    var channels = initialChannels
    for (index, count) in blocks.enumerated() {
      let block = DenseBlock(
        channels, layers: count, growthRate: growthRate, dropout: dropout, norm: norm)
      layers.append(("denseblock\(index + 1)", block))
      channels += count * growthRate
      if index < blocks.count - 1 {
        layers.append(("transition\(index + 1)", Transition(channels, channels / 2, norm: norm)))
        channels /= 2
      }
    }
    layers.append(("norm5", norm(channels)))
    features = NamedSequential(layers)
    outChannels = channels
    classifier = Linear(channels, numClasses)
    forEachModule { module in
      if let convolution = module as? Conv2d { convolution.weight.fillKaimingNormal() }
    }
    classifier.bias?.fill(0)
  }

  /// Returns the logits of images [N, 3, H, W].
  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    let x = relu(features(input, mode), inPlace: true)
    return classifier(adaptiveAveragePool(x, size: [1, 1]).flattened(from: 1))
  }
}

extension DenseNet {
  /// The layers of `features` and their keys.
  public var featureLayers: [(key: String, layer: any Layer)] { features.layers }

  /// The stages of the features: stage 0, the layers before the dense blocks, gives no map; the map
  /// of the last block is normalised.
  public var featureStages: [FeatureStage] {
    let layers = features.layers
    let blocks = layers.indices.filter { layers[$0].layer is DenseBlock }
    let maps = blocks.enumerated().map { index, block in
      let after = layers[block + 1].layer as? Transition
      return FeatureStage(
        index + 1, start: block,
        map: FeatureMapSource(
          layer: after == nil ? block + 1 : block, channels: after?.inChannels ?? outChannels))
    }
    return [FeatureStage(0, start: 0)] + maps
  }
}

extension DenseNet {
  /// Returns a DenseNet-121 (table 1 of the paper).
  public static func densenet121(
    numClasses: Int = 1000, dropout: Double = 0, norm: NormLayer = { BatchNorm2d($0) }
  ) -> DenseNet {
    DenseNet(blocks: [6, 12, 24, 16], numClasses: numClasses, dropout: dropout, norm: norm)
  }

  /// Returns a DenseNet-161, with a growth rate of 48.
  public static func densenet161(
    numClasses: Int = 1000, dropout: Double = 0, norm: NormLayer = { BatchNorm2d($0) }
  ) -> DenseNet {
    DenseNet(
      growthRate: 48, blocks: [6, 12, 36, 24], initialChannels: 96, numClasses: numClasses,
      dropout: dropout, norm: norm)
  }

  /// Returns a DenseNet-169 (table 1 of the paper).
  public static func densenet169(
    numClasses: Int = 1000, dropout: Double = 0, norm: NormLayer = { BatchNorm2d($0) }
  ) -> DenseNet {
    DenseNet(blocks: [6, 12, 32, 32], numClasses: numClasses, dropout: dropout, norm: norm)
  }

  /// Returns a DenseNet-201 (table 1 of the paper).
  public static func densenet201(
    numClasses: Int = 1000, dropout: Double = 0, norm: NormLayer = { BatchNorm2d($0) }
  ) -> DenseNet {
    DenseNet(blocks: [6, 12, 48, 32], numClasses: numClasses, dropout: dropout, norm: norm)
  }
}

extension DenseNet: RenamedState {
  /// Returns the current key of a tensor: published files have `denselayer1.norm.1.weight` for
  /// `denselayer1.norm1.weight`.
  public static func currentKey(for key: String) -> String {
    var names = key.split(separator: ".").map(String.init)
    guard let layer = names.firstIndex(where: { $0.hasPrefix("denselayer") }),
      layer + 2 < names.count, ["norm", "conv"].contains(names[layer + 1]),
      ["1", "2"].contains(names[layer + 2])
    else { return key }
    names[layer + 1] += names.remove(at: layer + 2)
    return names.joined(separator: ".")
  }
}

extension ModelZoo {
  static let denseNet: [ZooModel] = [
    denseNet("densenet121", file: "densenet121-a639ec97.pth", DenseNet.densenet121),
    denseNet("densenet161", file: "densenet161-8d451a50.pth", DenseNet.densenet161),
    denseNet("densenet169", file: "densenet169-b2777c0a.pth", DenseNet.densenet169),
    denseNet("densenet201", file: "densenet201-c1103571.pth", DenseNet.densenet201),
  ]

  private static func denseNet(
    _ name: String, file: String, _ make: @escaping @Sendable (Int, Double, NormLayer) -> DenseNet
  ) -> ZooModel {
    ZooModel(name, weights: PublishedWeights(file)) { options in
      make(options.numClasses, options.dropout ?? 0, options.normLayer())
    }
  }
}
