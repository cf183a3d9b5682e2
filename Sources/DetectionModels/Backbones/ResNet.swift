public import Torch

/// ResNet (He et al., 2015), ResNeXt (Xie et al., 2017) and Wide ResNet (Zagoruyko and Komodakis,
/// 2016) as in torchvision: the stride of a bottleneck is in its 3×3 convolution.
public struct ResNet: FeatureExtractor {
  /// The first convolution, 7×7 with a stride of 2.
  public let conv1: Conv2d
  /// The normalisation of the first convolution.
  public let bn1: any Layer
  /// The first stage, at 1/4 of the image's height and width.
  public let layer1: Sequential
  /// The second stage, at 1/8 of the image's height and width.
  public let layer2: Sequential
  /// The third stage, at 1/16 of the image's height and width.
  public let layer3: Sequential
  /// The fourth stage, at 1/32 of the image's height and width.
  public let layer4: Sequential
  /// The layer that predicts the classes.
  public var fc: Linear

  /// Creates a network with weights drawn as torchvision draws them.
  ///
  /// - Parameters:
  ///   - blocks: The number of residual blocks of each of the four stages.
  ///   - bottleneck: Whether a block has three convolutions (1×1, 3×3, 1×1) instead of two
  ///     (3×3).
  ///   - groups: The number of groups of a bottleneck's 3×3 convolution.
  ///   - widthPerGroup: The number of channels of a group of the first stage's 3×3 convolution.
  ///   - numClasses: The number of classes.
  ///   - norm: Makes the normalisation of each convolution.
  public init(
    blocks: [Int], bottleneck: Bool, groups: Int = 1, widthPerGroup: Int = 64,
    numClasses: Int = 1000, norm: NormLayer = { BatchNorm2d($0) }
  ) {
    var stage = ResidualStage(bottleneck: bottleneck, groups: groups, widthPerGroup: widthPerGroup)
    conv1 = Conv2d(3, 64, kernel: 7, stride: 2, padding: 3, bias: false)
    bn1 = norm(64)
    layer1 = stage.layers(64, blocks: blocks[0], stride: 1, norm: norm)
    layer2 = stage.layers(128, blocks: blocks[1], stride: 2, norm: norm)
    layer3 = stage.layers(256, blocks: blocks[2], stride: 2, norm: norm)
    layer4 = stage.layers(512, blocks: blocks[3], stride: 2, norm: norm)
    fc = Linear(stage.inChannels, numClasses)
    forEachModule { module in
      if let conv = module as? Conv2d { conv.weight.fillKaimingNormal(fan: .out) }
    }
  }

  /// Returns the logits of images [N, 3, H, W].
  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    var x = relu(bn1(after: conv1, input, mode), inPlace: true)  // [N, 64, H/2, W/2]
    x = maxPool(x, kernel: [3, 3], stride: [2, 2], padding: [1, 1])  // [N, 64, H/4, W/4]
    x = layer1(x, mode)
    x = layer2(x, mode)  // [N, 128 · expansion, H/8, W/8]
    x = layer3(x, mode)  // [N, 256 · expansion, H/16, W/16]
    x = layer4(x, mode)  // [N, 512 · expansion, H/32, W/32]
    return fc(adaptiveAveragePool(x, size: [1, 1]).flattened(from: 1))
  }

  /// The layers before the pooling of the means, and their keys.
  public var featureLayers: [(key: String, layer: any Layer)] {
    [
      ("conv1", conv1), ("bn1", bn1), ("relu", ReLU(inPlace: true)),
      ("maxpool", MaxPool(kernel: 3, stride: 2, padding: 1)), ("layer1", layer1),
      ("layer2", layer2), ("layer3", layer3), ("layer4", layer4),
    ]
  }

  /// The stages of the features; stage 0, the layers before the residual blocks, gives no map.
  public var featureStages: [FeatureStage] {
    let maps = stageChannels.enumerated().map { index, channels in
      FeatureStage(
        index + 1, start: index + 4, map: FeatureMapSource(layer: index + 4, channels: channels))
    }
    return [FeatureStage(0, start: 0)] + maps
  }

  /// The number of output channels of each of the four stages.
  public var stageChannels: [Int] {
    [8, 4, 2, 1].map { fc.inFeatures / $0 }
  }
}
