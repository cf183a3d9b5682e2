public import Torch

/// A backbone of a classification network's stages with a feature pyramid on top; torchvision's
/// `BackboneWithFPN`.
public struct BackboneWithFPN: Backbone {
  /// The layers of the network up to the last returned stage.
  public let body: IntermediateLayerGetter
  /// The feature pyramid.
  public let fpn: FeaturePyramidNetwork
  /// The number of channels of every map.
  public let outChannels: Int

  /// Creates a backbone from its body.
  ///
  /// - Parameters:
  ///   - body: The layers whose outputs the pyramid takes.
  ///   - inChannels: The number of channels of each map of the body.
  ///   - outChannels: The number of channels of the pyramid's maps.
  ///   - extraBlocks: The block that adds coarser maps.
  ///   - norm: Makes the normalisation of the pyramid's convolutions; nil for none.
  public init(
    body: IntermediateLayerGetter, inChannels: [Int], outChannels: Int = 256,
    extraBlocks: any ExtraFPNBlock = LastLevelMaxPool(), norm: NormLayer? = nil
  ) {
    self.body = body
    self.outChannels = outChannels
    fpn = FeaturePyramidNetwork(
      inChannels: inChannels, outChannels: outChannels, extraBlocks: extraBlocks, norm: norm)
  }

  /// The names of the body's maps, then those of the extra maps.
  public var mapNames: [String] { body.mapNames + (fpn.extraBlocks?.names ?? []) }

  /// The place of the network's layers in the backbone, under `body.`.
  public var networkParts: [NetworkPart] { [NetworkPart(backbone: "body.")] }

  /// Returns the maps of the pyramid for images [N, 3, H, W], finest first.
  public func features(_ input: Tensor, _ mode: Mode) -> FeatureMaps {
    fpn(body(input, mode), mode)
  }
}

extension BackboneWithFPN {
  /// Creates a backbone from a network's stages: the maps "0", "1" … of the returned stages, and
  /// those of the extra block.
  ///
  /// - Parameters:
  ///   - network: The network, whose layers are shared.
  ///   - trainableLayers: The number of stages that are trained, counted from the last; nil for
  ///     all.
  ///   - returnedLayers: The numbers of the stages whose maps the pyramid takes.
  ///   - outChannels: The number of channels of the pyramid's maps.
  ///   - extraBlocks: The block that adds coarser maps.
  ///   - norm: Makes the normalisation of the pyramid's convolutions; nil for none.
  /// - Throws: `ModelConfigurationError` for stages that do not exist.
  public init(
    _ network: some FeatureExtractor, trainableLayers: Int? = nil, returnedLayers: [Int],
    outChannels: Int = 256, extraBlocks: any ExtraFPNBlock = LastLevelMaxPool(),
    norm: NormLayer? = nil
  ) throws(ModelConfigurationError) {
    let maps = try network.maps(ofStages: returnedLayers)
    try network.train(lastStages: trainableLayers ?? network.featureStages.count)
    let layers = network.featureLayers
    let body = try IntermediateLayerGetter(
      layers, returned: maps.enumerated().map { (layers[$1.layer].key, String($0)) })
    self.init(
      body: body, inChannels: maps.map(\.channels), outChannels: outChannels,
      extraBlocks: extraBlocks, norm: norm)
  }

  /// Creates a backbone from a ResNet's stages, as torchvision's `resnet_fpn_backbone`.
  ///
  /// - Parameters:
  ///   - resNet: The network, whose layers are shared.
  ///   - trainableLayers: The number of parts that are trained, counted from the last: the four
  ///     stages, then the layers before them; 5 for all.
  ///   - returnedLayers: The stages from 1 to 4 whose maps the pyramid takes.
  ///   - extraBlocks: The block that adds coarser maps.
  ///   - norm: Makes the normalisation of the pyramid's convolutions; nil for none.
  /// - Throws: `ModelConfigurationError` for numbers outside these ranges.
  public init(
    resNet: ResNet, trainableLayers: Int = 5, returnedLayers: [Int] = [1, 2, 3, 4],
    extraBlocks: any ExtraFPNBlock = LastLevelMaxPool(), norm: NormLayer? = nil
  ) throws(ModelConfigurationError) {
    try self.init(
      resNet, trainableLayers: trainableLayers, returnedLayers: returnedLayers,
      extraBlocks: extraBlocks, norm: norm)
  }
}
