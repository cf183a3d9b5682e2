/// The sizes and shapes of anchors.
///
/// As in torchvision, numbers without lists around them are one size for each feature map, and the
/// same aspect ratios on all of them.
public struct AnchorConfiguration: Codable, Sendable, Hashable {
  /// Pixels.
  public var sizes: PerMap
  /// Height by width; nil for the detector's own.
  public var aspectRatios: PerMap?

  public init(sizes: PerMap, aspectRatios: PerMap? = nil) {
    self.sizes = sizes
    self.aspectRatios = aspectRatios
  }

  private enum CodingKeys: String, CodingKey {
    case sizes
    case aspectRatios = "aspect_ratios"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    // First, so that of faults in both the first is told.
    let sizes = try values.decode(PerMap.self, forKey: .sizes)
    self.init(
      sizes: sizes, aspectRatios: try values.decodeIfPresent(PerMap.self, forKey: .aspectRatios))
  }

  /// - Parameter ownRatios: the detector's own aspect ratios.
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

/// Numbers, or a list of numbers for each feature map.
public enum PerMap: Codable, Sendable, Hashable {
  case flat([Double])
  case lists([[Double]])

  public init(from decoder: any Decoder) throws {
    var elements = try decoder.unkeyedContainer()
    let isFlat = (try? elements.decode(Double.self)) != nil
    self = isFlat ? .flat(try [Double](from: decoder)) : .lists(try [[Double]](from: decoder))
  }

  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .flat(let numbers): try numbers.encode(to: encoder)
    case .lists(let lists): try lists.encode(to: encoder)
    }
  }
}

/// How boxes are cut out of feature maps.
public struct RoIAlignConfiguration: Codable, Sendable, Hashable {
  /// Nil for all maps of the backbone but those that a pyramid adds.
  public var featureMapNames: [String]?
  /// Height and width, or one number for both.
  public var outputSize: [Int]
  public var samplingRatio = 2

  public init(outputSize: Int) {
    self.outputSize = [outputSize]
  }

  private enum CodingKeys: String, CodingKey {
    case featureMapNames = "feature_map_names"
    case outputSize = "output_size"
    case samplingRatio = "sampling_ratio"
  }

  /// - Parameter key: what the pooling is called.
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

/// The two fully connected layers that every box's features go through.
public struct BoxHeadConfiguration: Codable, Sendable, Hashable {
  /// Outputs of each layer.
  public var representationSize: Int
  /// What the first one takes; it follows from the backbone's channels and the pooling, and what is
  /// given has to agree.
  public var inFeatures: Int?

  public init(representationSize: Int = 1024) {
    self.representationSize = representationSize
  }

  private enum CodingKeys: String, CodingKey {
    case representationSize = "representation_size"
    case inFeatures = "in_features"
  }

  /// Returns the head for what a pooling gives; nil for the detector's own, whose weights it draws at
  /// its own time.
  func head(
    of pool: MultiScaleRoIAlign, on backbone: any Backbone
  ) throws(ModelConfigurationError) -> TwoMLPHead? {
    let features = backbone.outChannels * pool.outputSize.height * pool.outputSize.width
    let inFeatures = inFeatures ?? features
    let size = representationSize
    try ModelConfigurationError.within("box_head") { () throws(ModelConfigurationError) in
      try ModelConfigurationError.require(
        size > 0, at: "representation_size", "expected outputs of 1 or more, found \(size)")
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

/// The convolutions that the masks' features go through.
public struct MaskHeadConfiguration: Codable, Sendable, Hashable {
  /// Channels of each.
  public var layers: [Int]

  public init(layers: [Int] = [256, 256, 256, 256]) {
    self.layers = layers
  }

  /// Returns the head for maps of so many channels; nil for the detector's own, whose weights it
  /// draws at its own time.
  func head(inChannels: Int) throws(ModelConfigurationError) -> MaskRCNNHeads? {
    try checkLayers(layers, of: "mask_head")
    return self == MaskHeadConfiguration()
      ? nil : MaskRCNNHeads(inChannels: inChannels, layers: layers)
  }
}

/// Whether the convolutions of a head, given by their channels, can be made.
///
/// - Parameter head: what the head is called.
func checkLayers(_ layers: [Int], of head: String) throws(ModelConfigurationError) {
  try ModelConfigurationError.within(head) { () throws(ModelConfigurationError) in
    try ModelConfigurationError.require(
      !layers.isEmpty && layers.allSatisfy { $0 > 0 }, at: "layers",
      "expected the channels of one convolution or more, found \(layers)")
  }
}
