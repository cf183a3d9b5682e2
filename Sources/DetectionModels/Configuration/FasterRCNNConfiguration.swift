/// The configuration of a Faster R-CNN composed of chosen parts.
public struct FasterRCNNConfiguration: DetectorConfiguration {
  /// The number of classes, the background included; nil for the data's number.
  public var numClasses: Int?
  /// The backbone.
  public var backbone = BackboneConfiguration()
  /// The anchors; nil for torchvision's: one size each from 32 to 512 on five maps, or all five
  /// sizes on each map otherwise.
  public var anchors: AnchorConfiguration?
  /// The pooling of the boxes, to 7×7 by default.
  public var boxRoIPool = RoIAlignConfiguration(outputSize: 7)
  /// The two fully connected layers before the box predictor.
  public var boxHead = BoxHeadConfiguration()
  /// The parts that training changes.
  public var trained = TrainedParts()
  /// The options besides the parts.
  public var options = FasterRCNNOptions()

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
    let parts = try parts()
    return try FasterRCNN(
      backbone: parts.backbone, numClasses: numClasses, anchorGenerator: parts.anchors,
      boxRoIPool: parts.pool, boxHead: parts.head, options: options)
  }

  /// The parts that a Mask R-CNN and a Keypoint R-CNN have too.
  struct Parts {
    let backbone: any Backbone
    let anchors: AnchorGenerator
    let pool: MultiScaleRoIAlign
    /// The box head; nil for the detector's own, which draws its weights in torchvision's order.
    let head: TwoMLPHead?
  }

  func parts() throws(ModelConfigurationError) -> Parts {
    let backbone = try backbone.backbone(.maxPool, trainedLayers: trained.backboneLayers)
    let pool = try boxRoIPool.pool(of: backbone, at: "box_roi_pool")
    return Parts(
      backbone: backbone, anchors: try anchorGenerator(maps: backbone.mapNames.count), pool: pool,
      head: try boxHead.head(of: pool, on: backbone))
  }

  private func anchorGenerator(maps: Int) throws(ModelConfigurationError) -> AnchorGenerator {
    if let anchors { return try anchors.generator() }
    // All five sizes on each map, as in torchvision's MobileNetV3 models, unless there are five
    // maps.
    return maps == 5
      ? .fasterRCNN
      : .threeShapes(sizes: Array(repeating: [32, 64, 128, 256, 512], count: maps))
  }
}

extension FasterRCNNConfiguration {
  private enum CodingKeys: String, CodingKey {
    case numClasses = "num_classes"
    case backbone, anchors
    case boxRoIPool = "box_roi_pool"
    case boxHead = "box_head"
  }

  /// Decodes the configuration from one flat mapping of parts and options.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    numClasses = try values.decodeIfPresent(Int.self, forKey: .numClasses)
    backbone = try values.decode(BackboneConfiguration.self, forKey: .backbone)
    anchors = try values.decodeIfPresent(AnchorConfiguration.self, forKey: .anchors)
    boxRoIPool = try values.decode(RoIAlignConfiguration.self, forKey: .boxRoIPool)
    boxHead = try values.decode(BoxHeadConfiguration.self, forKey: .boxHead)
    trained = try TrainedParts(from: decoder)
    options = try FasterRCNNOptions(from: decoder)
  }

  /// Encodes the configuration as one flat mapping of parts and options.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(numClasses, forKey: .numClasses)
    try values.encode(backbone, forKey: .backbone)
    try values.encodeIfPresent(anchors, forKey: .anchors)
    try values.encode(boxRoIPool, forKey: .boxRoIPool)
    try values.encode(boxHead, forKey: .boxHead)
    try trained.encode(to: encoder)
    try options.encode(to: encoder)
  }
}
