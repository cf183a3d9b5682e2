public import Torch

/// Stages of a classification network with a feature pyramid on top of them.
public struct BackboneWithFPN: Backbone {
  public let body: IntermediateLayerGetter
  public let fpn: FeaturePyramidNetwork
  public let outChannels: Int

  /// - Parameter inChannels: of each map that the body gives.
  public init(
    body: IntermediateLayerGetter, inChannels: [Int], outChannels: Int = 256,
    extraBlocks: any ExtraFPNBlock = LastLevelMaxPool(), norm: NormLayer? = nil
  ) {
    self.body = body
    self.outChannels = outChannels
    fpn = FeaturePyramidNetwork(
      inChannels: inChannels, outChannels: outChannels, extraBlocks: extraBlocks, norm: norm)
  }

  public var mapNames: [String] { body.mapNames + (fpn.extraBlocks?.names ?? []) }

  public var networkParts: [NetworkPart] { [NetworkPart(backbone: "body.")] }

  public func features(_ input: Tensor, _ mode: Mode) -> FeatureMaps {
    fpn(body(input, mode), mode)
  }
}

extension BackboneWithFPN {
  /// Stages of a network with a feature pyramid: maps "0", "1" … of the returned stages, and those
  /// of the extra blocks.
  ///
  /// - Parameters:
  ///   - trainableLayers: how many stages are trained, from the last one on; nil for all.
  ///   - returnedLayers: the stages' numbers.
  ///   - norm: what normalises the pyramid's convolutions.
  /// - Throws: `ModelConfigurationError` for stages that there are not.
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

  /// A ResNet's stages with a feature pyramid.
  ///
  /// - Parameters:
  ///   - trainableLayers: how many parts are trained, from the last one on: the four stages, then
  ///     what stands before them; 5 for all.
  ///   - returnedLayers: stages from 1 to 4.
  ///   - norm: what normalises the pyramid's convolutions.
  /// - Throws: `ModelConfigurationError` for numbers outside these.
  public init(
    resNet: ResNet, trainableLayers: Int = 5, returnedLayers: [Int] = [1, 2, 3, 4],
    extraBlocks: any ExtraFPNBlock = LastLevelMaxPool(), norm: NormLayer? = nil
  ) throws(ModelConfigurationError) {
    try self.init(
      resNet, trainableLayers: trainableLayers, returnedLayers: returnedLayers,
      extraBlocks: extraBlocks, norm: norm)
  }
}
