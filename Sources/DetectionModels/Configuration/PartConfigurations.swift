/// The sizes and aspect ratios of anchors.
///
/// As in torchvision, numbers without lists around them are one size for each feature map, and the
/// same aspect ratios on all of them.
public struct AnchorConfiguration: Codable, Sendable, Hashable {
  /// The sizes in pixels.
  public var sizes: PerMap
  /// The ratios of height to width; nil for the detector's own.
  public var aspectRatios: PerMap?

  /// Creates anchors from their sizes and aspect ratios.
  public init(sizes: PerMap, aspectRatios: PerMap? = nil) {
    self.sizes = sizes
    self.aspectRatios = aspectRatios
  }

  private enum CodingKeys: String, CodingKey {
    case sizes
    case aspectRatios = "aspect_ratios"
  }

  /// Decodes `sizes` and the optional `aspect_ratios`.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    // The sizes first, so that of errors in both the first is reported.
    let sizes = try values.decode(PerMap.self, forKey: .sizes)
    self.init(
      sizes: sizes, aspectRatios: try values.decodeIfPresent(PerMap.self, forKey: .aspectRatios))
  }

  /// Returns the anchor generator.
  ///
  /// - Parameter ownRatios: The detector's own aspect ratios.
  func generator(
    ratios ownRatios: [Double] = [0.5, 1, 2]
  ) throws(ModelConfigurationError) -> AnchorGenerator {
    let sizes =
      switch sizes {
      case .flat(let sizes): sizes.map { [$0] }
      case .lists(let sizes): sizes
      }
    let ratios =
      switch aspectRatios ?? .flat(ownRatios) {
      case .flat(let ratios): Array(repeating: ratios, count: sizes.count)
      case .lists(let ratios): ratios
      }
    return try ModelConfigurationError.within("anchors") { () throws(ModelConfigurationError) in
      try AnchorGenerator(sizes: sizes, aspectRatios: ratios)
    }
  }
}

/// A list of numbers, or a list of numbers for each feature map.
public enum PerMap: Codable, Sendable, Hashable {
  /// One list of numbers.
  case flat([Double])
  /// One list of numbers for each feature map.
  case lists([[Double]])

  /// Decodes a list of numbers or a list of lists of numbers.
  public init(from decoder: any Decoder) throws {
    var elements = try decoder.unkeyedContainer()
    let isFlat = (try? elements.decode(Double.self)) != nil
    self = isFlat ? .flat(try [Double](from: decoder)) : .lists(try [[Double]](from: decoder))
  }

  /// Encodes the list or the lists.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .flat(let numbers): try numbers.encode(to: encoder)
    case .lists(let lists): try lists.encode(to: encoder)
    }
  }
}

/// The configuration of the pooling of boxes from feature maps.
public struct RoIAlignConfiguration: Codable, Sendable, Hashable {
  /// The names of the maps; nil for all maps of the backbone except those that a pyramid adds.
  public var featureMapNames: [String]?
  /// The height and width of the output, or one number for both.
  public var outputSize: [Int]
  /// The number of sampling points along each side of a cell of the output.
  public var samplingRatio = 2

  /// Creates a pooling to a square output.
  public init(outputSize: Int) {
    self.outputSize = [outputSize]
  }

  private enum CodingKeys: String, CodingKey {
    case featureMapNames = "feature_map_names"
    case outputSize = "output_size"
    case samplingRatio = "sampling_ratio"
  }

  /// Returns the pooling.
  ///
  /// - Parameters:
  ///   - backbone: The backbone that provides the maps.
  ///   - key: The configuration's key of the pooling.
  func pool(
    of backbone: any Backbone, at key: String
  ) throws(ModelConfigurationError) -> MultiScaleRoIAlign {
    guard let height = outputSize.first, let width = outputSize.last, outputSize.count <= 2 else {
      var error = ModelConfigurationError(
        "expected a side or height and width, found \(outputSize.count) numbers", at: key)
      error.keys.append("output_size")
      throw error
    }
    let ownMaps = (backbone as? BackboneWithFPN)?.body.mapNames ?? backbone.mapNames
    return MultiScaleRoIAlign(
      featureMapNames: featureMapNames ?? ownMaps,
      outputSize: SpatialSize(height: height, width: width), samplingRatio: samplingRatio)
  }
}

/// The configuration of the two fully connected layers before the box predictor.
public struct BoxHeadConfiguration: Codable, Sendable, Hashable {
  /// The number of outputs of each layer.
  public var representationSize: Int
  /// The number of inputs of the first layer, which follows from the backbone's channels and the
  /// pooling; a given number has to agree with it.
  public var inFeatures: Int?

  /// Creates a configuration from the layers' number of outputs.
  public init(representationSize: Int = 1024) {
    self.representationSize = representationSize
  }

  private enum CodingKeys: String, CodingKey {
    case representationSize = "representation_size"
    case inFeatures = "in_features"
  }

  /// Returns the head for a pooling; nil for the default head, which the detector makes itself to
  /// draw its weights in torchvision's order.
  func head(
    of pool: MultiScaleRoIAlign, on backbone: any Backbone
  ) throws(ModelConfigurationError) -> TwoMLPHead? {
    let features = backbone.outChannels * pool.outputSize.height * pool.outputSize.width
    let inFeatures = inFeatures ?? features
    let size = representationSize
    try ModelConfigurationError.within("box_head") { () throws(ModelConfigurationError) in
      try ModelConfigurationError.require(
        size > 0, at: "representation_size", "expected outputs from 1 on, found \(size)")
      try ModelConfigurationError.require(
        inFeatures == features, at: "in_features",
        """
        expected what the pooling gives, \(features) numbers (\(backbone.outChannels) channels of \
        \(pool.outputSize.height)×\(pool.outputSize.width)), found \(inFeatures)
        """)
    }
    return size == BoxHeadConfiguration().representationSize || features <= 0
      ? nil : TwoMLPHead(inFeatures: features, representationSize: size)
  }
}

/// The configuration of the convolutions before the mask predictor.
public struct MaskHeadConfiguration: Codable, Sendable, Hashable {
  /// The number of channels of each convolution.
  public var layers: [Int]

  /// Creates a configuration; the default is torchvision's four convolutions of 256 channels.
  public init(layers: [Int] = [256, 256, 256, 256]) {
    self.layers = layers
  }

  /// Returns the head for maps of a number of channels; nil for the default head, which the
  /// detector makes itself to draw its weights in torchvision's order.
  func head(inChannels: Int) throws(ModelConfigurationError) -> MaskRCNNHeads? {
    try checkLayers(layers, of: "mask_head")
    return self == MaskHeadConfiguration()
      ? nil : MaskRCNNHeads(inChannels: inChannels, layers: layers)
  }
}

/// Throws unless a head has at least one convolution, and each has at least one channel.
///
/// - Parameters:
///   - layers: The number of channels of each convolution.
///   - head: The configuration's key of the head.
func checkLayers(_ layers: [Int], of head: String) throws(ModelConfigurationError) {
  try ModelConfigurationError.within(head) { () throws(ModelConfigurationError) in
    try ModelConfigurationError.require(
      !layers.isEmpty && layers.allSatisfy { $0 > 0 }, at: "layers",
      "expected the channels of one convolution or more, found \(layers)")
  }
}
