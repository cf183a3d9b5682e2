public import Torch

/// A module that provides the feature maps of a detector.
public protocol Backbone: Module {
  /// The number of channels of every map.
  var outChannels: Int { get }
  /// The names of the maps, finest first.
  var mapNames: [String] { get }
  /// The places of the classification network's layers in the backbone.
  var networkParts: [NetworkPart] { get }
  /// Returns the feature maps of images [N, 3, H, W], finest first.
  func features(_ input: Tensor, _ mode: Mode) -> FeatureMaps
}

extension Backbone {
  /// The default: all layers have the network's own keys, without those of its classifier.
  public var networkParts: [NetworkPart] { [NetworkPart()] }

  /// Returns the size of each map for images of a size.
  ///
  /// Convolutions treat the two axes alike and independently, so that two narrow images determine
  /// both.
  public func mapSizes(of picture: SpatialSize) -> [SpatialSize] {
    withoutGradients {
      let device = parameters.first?.device ?? .cpu
      func sizes(_ height: Int, _ width: Int) -> [SpatialSize] {
        features(.zeros([1, 3, height, width], on: device), .inference)
          .map { SpatialSize(of: $0.map) }
      }
      let narrow = 32
      guard picture.height > narrow || picture.width > narrow else {
        return sizes(picture.height, picture.width)
      }
      let (wide, high) = (sizes(narrow, picture.width), sizes(picture.height, narrow))
      return zip(wide, high).map { SpatialSize(height: $1.height, width: $0.width) }
    }
  }
}

/// The place of a classification network's layers in a backbone.
///
/// The tensors that the network has under one prefix, without `features.`, are those that the
/// backbone has under another. A prefix is empty or ends with a dot.
public struct NetworkPart: Sendable, Equatable {
  /// The prefix of the keys in the network.
  public let network: String
  /// The prefix of the keys in the backbone.
  public let backbone: String

  /// Creates a place from the two prefixes.
  public init(network: String = "", backbone: String = "") {
    self.network = network
    self.backbone = backbone
  }
}

/// A backbone of any layers, which provides one map, "0".
///
/// For example: `LayerBackbone(MobileNetV2().features, outChannels: 1280)`. Its keys are those of
/// the layers.
public struct LayerBackbone: Backbone {
  /// The layers that provide the map.
  public let layers: any Layer
  /// The number of channels of the map.
  public let outChannels: Int
  /// The places of the classification network's layers in the backbone.
  public let networkParts: [NetworkPart]

  /// Creates a backbone from layers and their number of output channels.
  public init(_ layers: any Layer, outChannels: Int) {
    self.init(layers, outChannels: outChannels, networkParts: [NetworkPart()])
  }

  private init(_ layers: any Layer, outChannels: Int, networkParts: [NetworkPart]) {
    self.layers = layers
    self.outChannels = outChannels
    self.networkParts = networkParts
  }

  /// The name of the only map, "0".
  public var mapNames: [String] { ["0"] }

  /// The parts of the layers.
  public var parts: [ModulePart] { layers.parts }

  /// Returns the output of the layers as the map "0".
  public func features(_ input: Tensor, _ mode: Mode) -> FeatureMaps {
    [("0", layers(input, mode))]
  }
}

extension LayerBackbone {
  /// Creates a backbone from a network's layers up to the map of one stage.
  ///
  /// - Parameters:
  ///   - network: The network, whose layers are shared.
  ///   - trainableLayers: The number of stages that are trained, counted from the last; nil for
  ///     all.
  ///   - returnedLayer: The number of the stage; nil for the last.
  ///   - reducedChannels: The number of channels that a 1×1 convolution reduces the map to,
  ///     which keeps the heads small; nil for no convolution. torchvision's `mobilenet_backbone`
  ///     without a pyramid has 256.
  /// - Throws: `ModelConfigurationError` for stages that do not exist.
  public init(
    _ network: some FeatureExtractor, trainableLayers: Int? = nil, returnedLayer: Int? = nil,
    reducedChannels: Int? = nil
  ) throws(ModelConfigurationError) {
    let last = network.featureStages.count - 1
    let numbers = [returnedLayer ?? network.featureStages[last].number]
    let map = try network.maps(ofStages: numbers)[0]
    try network.train(lastStages: trainableLayers ?? last + 1)
    let layers = NamedSequential(Array(network.featureLayers[...map.layer]))
    guard let reducedChannels else {
      self.init(layers, outChannels: map.channels)
      return
    }
    self.init(
      Sequential(layers, Conv2d(map.channels, reducedChannels, kernel: 1)),
      outChannels: reducedChannels, networkParts: [NetworkPart(backbone: "0.")])
  }
}
