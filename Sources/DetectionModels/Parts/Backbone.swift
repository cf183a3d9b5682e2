public import Torch

/// What gives a detector the feature maps that it looks at.
public protocol Backbone: Module {
  /// Channels of every map.
  var outChannels: Int { get }
  /// Names of the maps, from the finest on.
  var mapNames: [String] { get }
  /// Feature maps of pictures [N, 3, H, W].
  func features(_ input: Tensor, _ mode: Mode) -> FeatureMaps
}

/// A backbone of any layers, which gives one map, "0":
/// `LayerBackbone(MobileNetV2().features, outChannels: 1280)`. Its keys are those of the layers.
public struct LayerBackbone: Backbone {
  public let layers: any Layer
  public let outChannels: Int

  public init(_ layers: any Layer, outChannels: Int) {
    self.layers = layers
    self.outChannels = outChannels
  }

  public var mapNames: [String] { ["0"] }

  public var parts: [ModulePart] { layers.parts }

  public func features(_ input: Tensor, _ mode: Mode) -> FeatureMaps {
    [("0", layers(input, mode))]
  }
}
