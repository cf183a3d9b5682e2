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
  public var trained = TrainedParts()
  public var options = Options()

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
    try options.detector(
      on: backbone, trainedLayers: trained.backboneLayers, anchors: anchors, numClasses: numClasses)
  }
}

/// What a backbone is made of.
public protocol NetworkChoice: Codable, Sendable, Hashable {
  /// A classification network's name in the zoo.
  var name: String { get }
}

extension BackboneConfiguration: NetworkChoice {}
extension SSDBackboneConfiguration: NetworkChoice {}

/// The options of a detector of one stage, which say what detector it is and what it is made of.
public protocol OneStagePartOptions: OneStageOptions {
  associatedtype Backbone: NetworkChoice
  associatedtype Anchors: Codable, Sendable, Hashable

  /// The backbone that stands where nothing else is chosen.
  static var backbone: Backbone { get }

  /// torchvision's defaults.
  init()

  /// Makes the detector.
  ///
  /// - Parameters:
  ///   - trainedLayers: how many stages of the backbone are trained, from the last one on; nil for all.
  ///   - anchors: nil for torchvision's.
  ///   - numClasses: the background included.
  /// - Throws: `ModelConfigurationError` where the parts do not fit each other.
  func detector(
    on backbone: Backbone, trainedLayers: Int?, anchors: Anchors?, numClasses: Int
  ) throws(ModelConfigurationError) -> any Detector
}

extension RetinaNetOptions: OneStagePartOptions {
  public static var backbone: BackboneConfiguration { BackboneConfiguration() }

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
  public static var backbone: BackboneConfiguration { BackboneConfiguration() }

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
    trained = try TrainedParts(from: decoder)
    options = try Options(from: decoder)
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
