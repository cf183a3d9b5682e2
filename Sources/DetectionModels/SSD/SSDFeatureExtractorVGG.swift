public import Torch

/// The layers of a VGG and those that SSD300 adds after them (Liu et al., 2016, figure 2).
///
/// They provide six maps, of 38, 19, 10, 5, 3 and 1 places a side for images of 300 pixels.
public struct SSDFeatureExtractorVGG: SSDBackbone {
  /// The factors of the first map's channels after their norms are brought to 1, [512].
  @Parameter public var scaleWeight: Tensor
  /// The blocks up to the fourth, without its pooling: [N, 3, H, W] → [N, 512, H/8, W/8].
  public let features: Sequential
  /// The fifth block with its fully connected layers as convolutions, then the pairs of
  /// convolutions.
  public let extra: [Sequential]
  /// The places of the VGG's layers in the backbone.
  public let networkParts: [NetworkPart]

  /// Creates a backbone from a VGG.
  ///
  /// - Parameters:
  ///   - vgg: The network, whose layers are shared.
  ///   - trainableLayers: The number of blocks that are trained, counted from the last of five.
  /// - Throws: `ModelConfigurationError` for more blocks than there are.
  public init(_ vgg: VGG, trainableLayers: Int = 5) throws(ModelConfigurationError) {
    try vgg.train(lastStages: trainableLayers)
    let pools = vgg.featureStages.compactMap { $0.map?.layer }
    var layers = vgg.features.layers.map(Self.fast)
    // The ceiling turns 75 places into 38, as in the paper.
    layers[pools[2]] = MaxPool(kernel: 2, stride: 2, ceilMode: true)
    networkParts = (0..<pools[4]).map { index in
      NetworkPart(
        network: "\(index).",
        backbone: index < pools[3] ? "features.\(index)." : "extra.0.\(index - pools[3]).")
    }
    scaleWeight = .full([512], 20)
    features = Sequential(Array(layers[..<pools[3]]))
    let pairs = [
      Self.pair(1024, 256, 512, stride: 2), Self.pair(512, 128, 256, stride: 2),
      Self.pair(256, 128, 256), Self.pair(256, 128, 256),
    ]
    for pair in pairs { pair.initializeConvolutions { $0.fillXavierUniform() } }
    let fullyConnected = Sequential(
      MaxPool(kernel: 3, stride: 1, padding: 1),
      Conv2d(512, 1024, kernel: 3, padding: 6, dilation: 6), ReLU(inPlace: true),
      Conv2d(1024, 1024, kernel: 1), ReLU(inPlace: true))
    fullyConnected.initializeConvolutions { $0.fillXavierUniform() }
    extra = [Sequential(Array(layers[pools[3]..<pools[4]]) + [fullyConnected])] + pairs
  }

  /// The number of channels of each map, finest first.
  public var outChannels: [Int] { [512, 1024, 512, 256, 256, 256] }

  /// Returns the six maps of images [N, 3, H, W], finest first.
  public func features(_ input: Tensor, _ mode: Mode) -> [Tensor] {
    let first = features(input, mode)
    let lengths = first.norm(dims: [1], keepDim: true).clamped(min: 1e-12)
    let scaled = scaleWeight.reshaped([1, -1, 1, 1]) * (first / lengths)
    return [scaled] + outputs(of: extra, first, mode)
  }

  /// Returns the size of each map of images of a size, with zeros if the image is too small.
  public func mapSizes(of picture: SpatialSize) -> [SpatialSize] {
    let eighth = picture.windowed(kernel: 2, stride: 2).windowed(kernel: 2, stride: 2)
      .windowed(kernel: 2, stride: 2, ceil: true)
    var sizes = [eighth, eighth.windowed(kernel: 2, stride: 2)]
    for stride in [2, 2] {
      sizes.append(sizes[sizes.count - 1].windowed(kernel: 3, stride: stride, padding: 1))
    }
    for _ in 0..<2 { sizes.append(sizes[sizes.count - 1].windowed(kernel: 3)) }
    return sizes
  }

  /// Returns a 1×1 convolution to fewer channels and a 3×3 one that halves height and width, or
  /// takes one place off each side.
  private static func pair(
    _ inChannels: Int, _ between: Int, _ outChannels: Int, stride: Int = 1
  ) -> Sequential {
    Sequential(
      Conv2d(inChannels, between, kernel: 1), ReLU(inPlace: true),
      Conv2d(
        between, outChannels, kernel: 3, stride: Sizes(stride), padding: stride == 1 ? 0 : 1),
      ReLU(inPlace: true))
  }

  private static func fast(_ layer: any Layer) -> any Layer {
    guard var convolution = layer as? Conv2d else { return layer }
    convolution.isFast = true
    return convolution
  }
}
