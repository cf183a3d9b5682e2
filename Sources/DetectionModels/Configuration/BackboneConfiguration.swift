import Files
import Torch

/// The configuration of a backbone: its classification network and the feature maps taken from it.
public struct BackboneConfiguration: Codable, Sendable, Hashable {
  /// The name of a classification network in the zoo.
  public var name: String
  /// A Boolean value that is true if a feature pyramid follows the network.
  public var fpn = true
  /// The normalisation of the network's convolutions; nil for its own.
  public var norm: NormKind?
  /// The stages whose maps are taken, as torchvision counts them: 1 to 4 of a ResNet and a
  /// DenseNet, 1 to 5 of a VGG, 0 to 5 of a MobileNet.
  ///
  /// Nil stands for torchvision's choice with a pyramid, and for the last stage without one.
  public var returnedLayers: [Int]?
  /// The number of channels of all maps; nil for a pyramid's 256, and for the network's own without
  /// one.
  public var outChannels: Int?

  /// Creates a configuration of a network with a feature pyramid.
  public init(name: String = "resnet50") {
    self.name = name
  }

  private enum CodingKeys: String, CodingKey {
    case name, fpn, norm
    case returnedLayers = "returned_layers"
    case outChannels = "out_channels"
  }
}

extension BackboneConfiguration {
  /// The maps that a pyramid adds to its own.
  enum Extra {
    /// Every second pixel of the last map, as in Faster R-CNN.
    case maxPool
    /// The outputs of two convolutions, as in RetinaNet.
    case p6p7
  }

  /// Returns the backbone with weights drawn in torchvision's order.
  ///
  /// - Parameters:
  ///   - extra: The maps that a pyramid adds.
  ///   - trainedLayers: The number of stages that are trained, counted from the last; nil for
  ///     all.
  func backbone(
    _ extra: Extra, trainedLayers: Int? = nil
  ) throws(ModelConfigurationError) -> any Backbone {
    let network = try ModelConfigurationError.within("backbone") {
      () throws(ModelConfigurationError) in
      try ModelConfigurationError.require(
        outChannels ?? 1 > 0, at: "out_channels",
        "expected channels from 1 on, found \(outChannels ?? 0)")
      return try self.network()
    }
    let backbone = try ModelConfigurationError.within("backbone") {
      () throws(ModelConfigurationError) in
      fpn ? try pyramid(on: network, extra) : try oneMap(of: network)
    }
    if let trainedLayers { try network.train(lastStages: trainedLayers) }
    return backbone
  }

  /// Returns the network with weights drawn in torchvision's order.
  func network() throws(ModelConfigurationError) -> any FeatureExtractor {
    let names = ModelZoo.all.map(\.name)
    guard let model = ModelZoo.model(named: name) else {
      throw ModelConfigurationError(
        "no model is called \"\(name)\"\(NearestName.hint(for: name, among: names))", at: "name")
    }
    guard let network = model.make(norm: norm) as? any FeatureExtractor else {
      throw ModelConfigurationError(
        "expected a classification network for pictures, found \(name)", at: "name")
    }
    guard norm == nil || network.isNormalized else {
      throw ModelConfigurationError("\(name) has nothing that normalises its maps", at: "norm")
    }
    return network
  }

  private func pyramid(
    on network: some FeatureExtractor, _ extra: Extra
  ) throws(ModelConfigurationError) -> any Backbone {
    let channels = outChannels ?? 256
    let block: any ExtraFPNBlock =
      switch extra {
      case .maxPool: LastLevelMaxPool()
      case .p6p7: LastLevelP6P7(inChannels: channels, outChannels: channels)
      }
    return try BackboneWithFPN(
      network, returnedLayers: returnedLayers ?? network.pyramidLayers(extra),
      outChannels: channels, extraBlocks: block)
  }

  private func oneMap(
    of network: some FeatureExtractor
  ) throws(ModelConfigurationError) -> any Backbone {
    let count = returnedLayers?.count ?? 1
    try ModelConfigurationError.require(
      count == 1, at: "returned_layers",
      "expected one returned layer without a feature pyramid, found \(count)")
    return try LayerBackbone(
      network, returnedLayer: returnedLayers?.first, reducedChannels: outChannels)
  }
}

extension FeatureExtractor {
  /// A Boolean value that is true if a layer of the network normalises its maps.
  fileprivate var isNormalized: Bool {
    var isNormalized = false
    forEachModule { isNormalized = isNormalized || $0 is any ChannelNorm || $0 is GroupNorm }
    return isNormalized
  }

  /// Returns the default stages of a pyramid: the last two of a MobileNet, the last four of others,
  /// or their last three for RetinaNet.
  fileprivate func pyramidLayers(_ extra: BackboneConfiguration.Extra) -> [Int] {
    let numbers = featureStages.filter { $0.map != nil }.map(\.number)
    if self is any MobileNet { return Array(numbers.suffix(2)) }
    return Array(numbers.suffix(extra == .maxPool ? 4 : 3))
  }
}
