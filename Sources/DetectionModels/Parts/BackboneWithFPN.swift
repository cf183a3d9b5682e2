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

  public func features(_ input: Tensor, _ mode: Mode) -> FeatureMaps {
    fpn(body(input, mode), mode)
  }
}

extension BackboneWithFPN {
  /// A ResNet's stages with a feature pyramid: maps "0", "1" … of the returned stages, and those of
  /// the extra blocks.
  ///
  /// - Parameters:
  ///   - trainableLayers: how many parts are trained, from the last one on: the four stages, then
  ///     the first convolution; 5 for all.
  ///   - returnedLayers: stages from 1 to 4.
  ///   - norm: what normalises the pyramid's convolutions.
  /// - Throws: `ModelConfigurationError` for numbers outside these.
  public init(
    resNet: ResNet, trainableLayers: Int = 5, returnedLayers: [Int] = [1, 2, 3, 4],
    extraBlocks: any ExtraFPNBlock = LastLevelMaxPool(), norm: NormLayer? = nil
  ) throws(ModelConfigurationError) {
    for layer in returnedLayers {
      try ModelConfigurationError.require(
        (1...4).contains(layer), "expected returned layers from 1 to 4, found \(layer)")
    }
    try ModelConfigurationError.require(
      (0...5).contains(trainableLayers),
      "expected 0 to 5 trainable layers, found \(trainableLayers)")
    let body = try IntermediateLayerGetter(
      resNet.featureLayers,
      returned: returnedLayers.sorted().enumerated().map { ("layer\($1)", "\($0)") })
    let trained = ["layer4", "layer3", "layer2", "layer1", "conv1"].prefix(trainableLayers)
    for (key, layer) in resNet.featureLayers {
      layer.setTrainable(trained.contains(key) || (trainableLayers == 5 && key == "bn1"))
    }
    self.init(
      body: body, inChannels: returnedLayers.sorted().map { resNet.stageChannels[$0 - 1] },
      extraBlocks: extraBlocks, norm: norm)
  }
}
