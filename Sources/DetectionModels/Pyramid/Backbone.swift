public import Torch

/// What gives a detector the feature maps that it looks at.
public protocol Backbone: Module {
  /// Channels of every map.
  var outChannels: Int { get }
  /// Names of the maps, from the finest on.
  var mapNames: [String] { get }
  /// Where the layers of the classification network stand that the backbone is made of.
  var networkParts: [NetworkPart] { get }
  /// Feature maps of images [N, 3, H, W].
  func features(_ input: Tensor, _ mode: Mode) -> FeatureMaps
}

extension Backbone {
  /// The network's own keys, without those of its classifier.
  public var networkParts: [NetworkPart] { [NetworkPart()] }

  /// Returns the size of each map of images of a size.
  ///
  /// Convolutions treat the two axes alike and apart, so that two narrow images tell both.
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

/// Layers of a classification network in a backbone: the tensors that the network has under one prefix,
/// `features.` left out, the backbone has under another. A prefix is empty or ends in a dot.
public struct NetworkPart: Sendable, Equatable {
  public let network: String
  public let backbone: String

  public init(network: String = "", backbone: String = "") {
    self.network = network
    self.backbone = backbone
  }
}

/// A backbone of any layers, which gives one map, "0":
/// `LayerBackbone(MobileNetV2().features, outChannels: 1280)`. Its keys are those of the layers.
public struct LayerBackbone: Backbone {
  public let layers: any Layer
  public let outChannels: Int
  public let networkParts: [NetworkPart]

  public init(_ layers: any Layer, outChannels: Int) {
    self.init(layers, outChannels: outChannels, networkParts: [NetworkPart()])
  }

  private init(_ layers: any Layer, outChannels: Int, networkParts: [NetworkPart]) {
    self.layers = layers
    self.outChannels = outChannels
    self.networkParts = networkParts
  }

  public var mapNames: [String] { ["0"] }

  public var parts: [ModulePart] { layers.parts }

  public func features(_ input: Tensor, _ mode: Mode) -> FeatureMaps {
    [("0", layers(input, mode))]
  }
}

extension LayerBackbone {
  /// A network's layers up to the map of one stage.
  ///
  /// - Parameters:
  ///   - trainableLayers: how many stages are trained, from the last one on; nil for all.
  ///   - returnedLayer: the stage's number; nil for the last.
  ///   - reducedChannels: what a 1×1 convolution makes of the stage's channels, which keeps the
  ///     heads small: torchvision's `mobilenet_backbone` without a pyramid has 256; nil for none.
  /// - Throws: `ModelConfigurationError` for stages that there are not.
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
