/// A RetinaNet of parts that are chosen one by one.
public struct RetinaNetConfiguration: DetectorConfiguration {
  public var numClasses: Int?
  public var backbone = BackboneConfiguration()
  /// Nil for torchvision's: three sizes on each of five maps.
  public var anchors: AnchorConfiguration?
  public var trained = TrainedParts()
  public var options = RetinaNetOptions()

  public init() {}

  public var hasMasks: Bool { false }
  public var network: String? { backbone.name }

  public var transform: TransformOptions {
    get { options.transform }
    set { options.transform = newValue }
  }

  public func makeDetector(
    numClasses: Int
  ) throws(ModelConfigurationError) -> any Detector {
    let backbone = try backbone.backbone(.p6p7, trainedLayers: trained.backboneLayers)
    return try RetinaNet(
      backbone: backbone, numClasses: numClasses, anchorGenerator: try anchorGenerator(),
      options: options)
  }

  private func anchorGenerator() throws(ModelConfigurationError) -> AnchorGenerator {
    guard let anchors else { return .retinaNet }
    return try anchors.generator()
  }
}

extension RetinaNetConfiguration {
  private enum CodingKeys: String, CodingKey {
    case numClasses = "num_classes"
    case backbone, anchors
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    numClasses = try values.decodeIfPresent(Int.self, forKey: .numClasses)
    backbone = try values.decode(BackboneConfiguration.self, forKey: .backbone)
    anchors = try values.decodeIfPresent(AnchorConfiguration.self, forKey: .anchors)
    trained = try TrainedParts(from: decoder)
    options = try RetinaNetOptions(from: decoder)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(numClasses, forKey: .numClasses)
    try values.encode(backbone, forKey: .backbone)
    try values.encodeIfPresent(anchors, forKey: .anchors)
    try trained.encode(to: encoder)
    try options.encode(to: encoder)
  }
}
