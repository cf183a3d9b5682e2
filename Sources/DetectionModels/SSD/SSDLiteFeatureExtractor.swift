public import Torch

/// The layers of a MobileNetV3 and those that SSDLite adds after them (Howard et al., 2019, section
/// 6.3).
///
/// They provide six maps, the first with a 16th of the image's height and width, each next one with
/// half.
public struct SSDLiteFeatureExtractor: SSDBackbone {
  /// The layers in two stages: up to the first convolution of the last block that halves the size,
  /// [N, 3, H, W] → [N, E, H/16, W/16], and the rest of them, → [N, C, H/32, W/32].
  public let features: [NamedSequential]
  /// The four extra blocks, each of which halves height and width.
  public let extra: [Sequential]
  /// The number of channels of each map, finest first.
  public let outChannels: [Int]
  /// The places of the MobileNet's layers in the backbone.
  public let networkParts: [NetworkPart]

  /// Creates a backbone from a MobileNetV3.
  ///
  /// - Parameters:
  ///   - mobileNet: The network, whose layers are shared.
  ///   - trainableLayers: The number of stages that are trained, counted from the last of six.
  ///   - norm: Makes the normalisation of the extra blocks' convolutions.
  /// - Throws: `ModelConfigurationError` for more stages than there are.
  public init(
    _ mobileNet: MobileNetV3, trainableLayers: Int = 6, norm: NormLayer = Self.norm
  ) throws(ModelConfigurationError) {
    try mobileNet.train(lastStages: trainableLayers)
    let layers = mobileNet.features.layers
    let indices = mobileNet.stageIndices
    let last = indices[indices.count - 2]
    guard let halving = layers[last] as? InvertedResidual,
      let expansion = halving.block.layers.first as? Conv2dNormActivation
    else { preconditionFailure("expected an inverted residual, found \(layers[last])") }
    let before = layers[..<last] + [expansion]
    let rest = NamedSequential(
      halving.block.layers.enumerated().dropFirst().map { ("\($0.offset)", $0.element) })
    let after = [rest] + Array(layers[(last + 1)...])
    features = [Array(before), after].map { layers in
      NamedSequential(layers.enumerated().map { ("\($0.offset)", $0.element) })
    }
    networkParts =
      (0..<last).map { NetworkPart(network: "\($0).", backbone: "features.0.\($0).") }
      + [NetworkPart(network: "\(last).block.0.", backbone: "features.0.\(last).")]
      + rest.layers.map { key, _ in
        NetworkPart(network: "\(last).block.\(key).", backbone: "features.1.0.\(key).")
      }
      + layers.indices[(last + 1)...].map { index in
        NetworkPart(network: "\(index).", backbone: "features.1.\(index - last).")
      }
    let channels = [mobileNet.outChannels, 512, 256, 256, 128]
    outChannels = [expansion.outChannels] + channels
    extra = zip(channels, channels.dropFirst()).map { Self.extraBlock($0, $1, norm: norm) }
    for block in extra { block.initializeConvolutions { $0.fillNormal(deviation: 0.03) } }
  }

  /// Returns the batch norm of all convolutions of torchvision's SSDLite, with an epsilon of 0.001
  /// and a momentum of 0.03.
  public static func norm(_ channels: Int) -> any Layer {
    BatchNorm2d(channels, epsilon: 0.001, momentum: 0.03)
  }

  /// Returns the six maps of images [N, 3, H, W], finest first.
  public func features(_ input: Tensor, _ mode: Mode) -> [Tensor] {
    var maps = outputs(of: features, input, mode)
    for block in extra {
      let map = maps[maps.count - 1]
      // Two places become one.
      maps.append(block(map, mode.normalizing(map, places: 2)))
    }
    return maps
  }

  /// Returns the size of each map of images of a size.
  public func mapSizes(of picture: SpatialSize) -> [SpatialSize] {
    func halved(_ size: SpatialSize) -> SpatialSize {
      size.windowed(kernel: 3, stride: 2, padding: 1)
    }
    var sizes = [(0..<4).reduce(picture) { size, _ in halved(size) }]
    for _ in outChannels.dropFirst() { sizes.append(halved(sizes[sizes.count - 1])) }
    return sizes
  }

  /// Returns a 1×1 convolution to half of the channels, a depthwise 3×3 one that halves height and
  /// width, and a 1×1 one.
  private static func extraBlock(
    _ inChannels: Int, _ outChannels: Int, norm: NormLayer
  ) -> Sequential {
    let between = outChannels / 2
    return Sequential(
      Conv2dNormActivation(
        inChannels, between, kernel: 1, norm: norm, activation: ReLU6(inPlace: true)),
      Conv2dNormActivation(
        between, between, kernel: 3, stride: 2, groups: between, norm: norm,
        activation: ReLU6(inPlace: true)),
      Conv2dNormActivation(
        between, outChannels, kernel: 1, norm: norm, activation: ReLU6(inPlace: true)))
  }
}

extension Mode {
  /// Returns the mode in which layers normalise a map.
  ///
  /// One place of one image has no variance, so that training takes the running statistics too,
  /// where torchvision raises.
  ///
  /// - Parameters:
  ///   - map: The input of the layers.
  ///   - places: The number of places along an axis that become one at most.
  func normalizing(_ map: Tensor, places: Int = 1) -> Mode {
    map.size(0) == 1 && map.size(2) <= places && map.size(3) <= places ? .inference : self
  }
}
