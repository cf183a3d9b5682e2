/// A RetinaNet of parts that are chosen one by one.
public typealias RetinaNetConfiguration = OneStageConfiguration<RetinaNetOptions>

/// An FCOS of parts that are chosen one by one.
public typealias FCOSConfiguration = OneStageConfiguration<FCOSOptions>

/// An SSD of parts that are chosen one by one.
public typealias SSDConfiguration = OneStageConfiguration<SSDOptions>

/// A detector of one stage, of parts that are chosen one by one.
public struct OneStageConfiguration<Options: OneStagePartOptions>: DetectorConfiguration {
  public var numClasses: Int?
  public var backbone = Options.backbone
  /// Nil for torchvision's.
  public var anchors: Options.Anchors?
  public var options = Options()

  public init() {}

  public var hasMasks: Bool { false }

  public var transform: TransformOptions {
    get { options.transform }
    set { options.transform = newValue }
  }

  public func makeDetector(
    numClasses: Int
  ) throws(ModelConfigurationError) -> any Detector {
    try options.detector(on: backbone, anchors: anchors, numClasses: numClasses)
  }
}

/// The options of a detector of one stage, which say what detector it is and what it is made of.
public protocol OneStagePartOptions: OneStageOptions {
  associatedtype Backbone: Codable, Sendable, Hashable
  associatedtype Anchors: Codable, Sendable, Hashable

  /// The backbone that stands where nothing else is chosen.
  static var backbone: Backbone { get }

  /// torchvision's defaults.
  init()

  /// Makes the detector.
  ///
  /// - Parameters:
  ///   - anchors: nil for torchvision's.
  ///   - numClasses: the background included.
  /// - Throws: `ModelConfigurationError` where the parts do not fit each other.
  func detector(
    on backbone: Backbone, anchors: Anchors?, numClasses: Int
  ) throws(ModelConfigurationError) -> any Detector
}

extension RetinaNetOptions: OneStagePartOptions {
  public static var backbone: BackboneConfiguration { BackboneConfiguration() }

  public func detector(
    on backbone: BackboneConfiguration, anchors: AnchorConfiguration?, numClasses: Int
  ) throws(ModelConfigurationError) -> any Detector {
    try RetinaNet(
      backbone: try backbone.backbone(.p6p7), numClasses: numClasses,
      anchorGenerator: try anchors.generator(or: .retinaNet), options: self)
  }
}

extension FCOSOptions: OneStagePartOptions {
  public static var backbone: BackboneConfiguration { BackboneConfiguration() }

  public func detector(
    on backbone: BackboneConfiguration, anchors: AnchorConfiguration?, numClasses: Int
  ) throws(ModelConfigurationError) -> any Detector {
    try FCOS(
      backbone: try backbone.backbone(.p6p7), numClasses: numClasses,
      anchorGenerator: try anchors.generator(or: .fcos), options: self)
  }
}

extension AnchorConfiguration? {
  /// The anchors that are chosen, with the shapes of others where only their sizes are, or those
  /// others.
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

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    numClasses = try values.decodeIfPresent(Int.self, forKey: .numClasses)
    backbone = try values.decode(Options.Backbone.self, forKey: .backbone)
    anchors = try values.decodeIfPresent(Options.Anchors.self, forKey: .anchors)
    options = try Options(from: decoder)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(numClasses, forKey: .numClasses)
    try values.encode(backbone, forKey: .backbone)
    try values.encodeIfPresent(anchors, forKey: .anchors)
    try options.encode(to: encoder)
  }
}
