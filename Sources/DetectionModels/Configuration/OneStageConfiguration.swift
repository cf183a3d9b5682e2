/// A RetinaNet of parts that are chosen one by one.
public typealias RetinaNetConfiguration = OneStageConfiguration<RetinaNetOptions>

/// An FCOS of parts that are chosen one by one.
public typealias FCOSConfiguration = OneStageConfiguration<FCOSOptions>

/// A detector of one stage on a feature pyramid, of parts that are chosen one by one.
public struct OneStageConfiguration<Options: PyramidOptions>: DetectorConfiguration {
  public var numClasses: Int?
  public var backbone = BackboneConfiguration()
  /// Nil for torchvision's, for five maps.
  public var anchors: AnchorConfiguration?
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
    let backbone = try backbone.backbone(.p6p7)
    return try options.detector(
      on: backbone, numClasses: numClasses, anchors: try anchorGenerator())
  }

  private func anchorGenerator() throws(ModelConfigurationError) -> AnchorGenerator {
    guard let anchors else { return Options.anchors }
    return try anchors.generator(ratios: Options.anchors.aspectRatios[0])
  }
}

/// The options of a detector of one stage on a feature pyramid, which say what detector it is.
public protocol PyramidOptions: OneStageOptions {
  /// torchvision's anchors, for five maps.
  static var anchors: AnchorGenerator { get }

  init()

  /// Makes the detector.
  ///
  /// - Parameter numClasses: the background included.
  /// - Throws: `ModelConfigurationError` where the parts do not fit each other.
  func detector(
    on backbone: any Backbone, numClasses: Int, anchors: AnchorGenerator
  ) throws(ModelConfigurationError) -> any Detector
}

extension RetinaNetOptions: PyramidOptions {
  public static var anchors: AnchorGenerator { .retinaNet }

  public func detector(
    on backbone: any Backbone, numClasses: Int, anchors: AnchorGenerator
  ) throws(ModelConfigurationError) -> any Detector {
    try RetinaNet(
      backbone: backbone, numClasses: numClasses, anchorGenerator: anchors, options: self)
  }
}

extension FCOSOptions: PyramidOptions {
  public static var anchors: AnchorGenerator { .fcos }

  public func detector(
    on backbone: any Backbone, numClasses: Int, anchors: AnchorGenerator
  ) throws(ModelConfigurationError) -> any Detector {
    try FCOS(backbone: backbone, numClasses: numClasses, anchorGenerator: anchors, options: self)
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
    backbone = try values.decode(BackboneConfiguration.self, forKey: .backbone)
    anchors = try values.decodeIfPresent(AnchorConfiguration.self, forKey: .anchors)
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
