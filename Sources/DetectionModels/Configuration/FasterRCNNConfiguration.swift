/// A Faster R-CNN of parts that are chosen one by one.
public struct FasterRCNNConfiguration: DetectorConfiguration {
  public var numClasses: Int?
  public var backbone = BackboneConfiguration()
  /// Nil for torchvision's: on five maps a size each, from 32 to 512; on others all five on each.
  public var anchors: AnchorConfiguration?
  public var boxRoIPool = RoIAlignConfiguration(outputSize: 7)
  public var boxHead = BoxHeadConfiguration()
  public var trained = TrainedParts()
  public var options = FasterRCNNOptions()

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
    let parts = try parts()
    return try FasterRCNN(
      backbone: parts.backbone, numClasses: numClasses, anchorGenerator: parts.anchors,
      boxRoIPool: parts.pool, boxHead: parts.head, options: options)
  }

  /// What Mask R-CNN has too.
  struct Parts {
    let backbone: any Backbone
    let anchors: AnchorGenerator
    let pool: MultiScaleRoIAlign
    /// Nil for the detector's own, whose weights it draws at its own time.
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
    // On other than five maps all five sizes, as torchvision's MobileNetV3 has it.
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
