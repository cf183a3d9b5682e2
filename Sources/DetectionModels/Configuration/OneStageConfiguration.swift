/// The configuration of a RetinaNet composed of chosen parts.
public typealias RetinaNetConfiguration = OneStageConfiguration<RetinaNetOptions>

/// The configuration of an FCOS composed of chosen parts.
public typealias FCOSConfiguration = OneStageConfiguration<FCOSOptions>

/// The configuration of an SSD composed of chosen parts.
public typealias SSDConfiguration = OneStageConfiguration<SSDOptions>

/// The configuration of a one-stage detector composed of chosen parts.
public struct OneStageConfiguration<Options: OneStagePartOptions>: DetectorConfiguration {
  /// The number of classes, the background included; nil for the data's number.
  public var numClasses: Int?
  /// The backbone.
  public var backbone = Options.backbone
  /// The anchors; nil for torchvision's.
  public var anchors: Options.Anchors?
  /// The parts that training changes.
  public var trained = TrainedParts()
  /// The options besides the parts.
  public var options = Options()

  /// Creates a configuration of torchvision's defaults.
  public init() {}

  /// The value false, as the detector has no masks.
  public var hasMasks: Bool { false }
  /// The name of the classification network in the backbone.
  public var network: String? { backbone.name }

  /// The options of the transform.
  public var transform: TransformOptions {
    get { options.transform }
    set { options.transform = newValue }
  }

  /// Returns the detector with weights drawn in torchvision's order and without frozen parts.
  public func makeDetector(
    numClasses: Int
  ) throws(ModelConfigurationError) -> any Detector {
    try options.detector(
      on: backbone, trainedLayers: trained.backboneLayers, anchors: anchors, numClasses: numClasses)
  }
}

/// The choice of a backbone's classification network.
public protocol NetworkChoice: Codable, Sendable, Hashable {
  /// The name of the network in the zoo.
  var name: String { get }
}

extension BackboneConfiguration: NetworkChoice {}
extension SSDBackboneConfiguration: NetworkChoice {}

/// The options of a one-stage detector, whose type determines the detector and its parts.
public protocol OneStagePartOptions: OneStageOptions {
  /// The configuration of the detector's backbone.
  associatedtype Backbone: NetworkChoice
  /// The configuration of the detector's anchors.
  associatedtype Anchors: Codable, Sendable, Hashable

  /// The default backbone.
  static var backbone: Backbone { get }

  /// Creates torchvision's defaults.
  init()

  /// Returns the detector with drawn weights.
  ///
  /// - Parameters:
  ///   - backbone: The backbone.
  ///   - trainedLayers: The number of stages of the backbone that are trained, counted from the
  ///     last; nil for all.
  ///   - anchors: The anchors; nil for torchvision's.
  ///   - numClasses: The number of classes, the background included.
  /// - Throws: `ModelConfigurationError` if the parts do not fit together.
  func detector(
    on backbone: Backbone, trainedLayers: Int?, anchors: Anchors?, numClasses: Int
  ) throws(ModelConfigurationError) -> any Detector
}

extension RetinaNetOptions: OneStagePartOptions {
  /// The default backbone: ResNet-50 with a feature pyramid.
  public static var backbone: BackboneConfiguration { BackboneConfiguration() }

  /// Returns a RetinaNet on the backbone's pyramid with the extra maps P6 and P7.
  public func detector(
    on backbone: BackboneConfiguration, trainedLayers: Int?, anchors: AnchorConfiguration?,
    numClasses: Int
  ) throws(ModelConfigurationError) -> any Detector {
    try RetinaNet(
      backbone: try backbone.backbone(.p6p7, trainedLayers: trainedLayers), numClasses: numClasses,
      anchorGenerator: try anchors.generator(or: .retinaNet), options: self)
  }
}

extension FCOSOptions: OneStagePartOptions {
  /// The default backbone: ResNet-50 with a feature pyramid.
  public static var backbone: BackboneConfiguration { BackboneConfiguration() }

  /// Returns an FCOS on the backbone's pyramid with the extra maps P6 and P7.
  public func detector(
    on backbone: BackboneConfiguration, trainedLayers: Int?, anchors: AnchorConfiguration?,
    numClasses: Int
  ) throws(ModelConfigurationError) -> any Detector {
    try FCOS(
      backbone: try backbone.backbone(.p6p7, trainedLayers: trainedLayers), numClasses: numClasses,
      anchorGenerator: try anchors.generator(or: .fcos), options: self)
  }
}

extension AnchorConfiguration? {
  /// Returns the chosen anchors, with the detector's own aspect ratios if only sizes are chosen, or
  /// the detector's own anchors.
  fileprivate func generator(
    or own: AnchorGenerator
  ) throws(ModelConfigurationError) -> AnchorGenerator {
    guard let self else { return own }
    return try self.generator(ratios: own.aspectRatios[0])
  }
}

extension OneStageConfiguration {
  private enum CodingKeys: String, CodingKey {
    case numClasses = "num_classes"
    case backbone, anchors
  }

  /// Decodes the configuration from one flat mapping of parts and options.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    numClasses = try values.decodeIfPresent(Int.self, forKey: .numClasses)
    backbone = try values.decode(Options.Backbone.self, forKey: .backbone)
    anchors = try values.decodeIfPresent(Options.Anchors.self, forKey: .anchors)
    trained = try TrainedParts(from: decoder)
    options = try Options(from: decoder)
  }

  /// Encodes the configuration as one flat mapping of parts and options.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(numClasses, forKey: .numClasses)
    try values.encode(backbone, forKey: .backbone)
    try values.encodeIfPresent(anchors, forKey: .anchors)
    try trained.encode(to: encoder)
    try options.encode(to: encoder)
  }
}
