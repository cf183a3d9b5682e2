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
  public var representationSize = 1024
  /// What the first one takes; it follows from the backbone's channels and the pooling, and what is
  /// given has to agree.
  public var inFeatures: Int?

  public init() {}

  private enum CodingKeys: String, CodingKey {
    case representationSize = "representation_size"
    case inFeatures = "in_features"
  }
}

/// The convolutions that the masks' features go through.
public struct MaskHeadConfiguration: Codable, Sendable, Hashable {
  /// Channels of each.
  public var layers = [256, 256, 256, 256]

  public init() {}
}
