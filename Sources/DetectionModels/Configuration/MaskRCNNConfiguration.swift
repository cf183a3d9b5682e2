/// A Mask R-CNN of parts that are chosen one by one: those of a Faster R-CNN, and what makes masks.
public struct MaskRCNNConfiguration: DetectorConfiguration {
  public var box = FasterRCNNConfiguration()
  public var maskRoIPool = RoIAlignConfiguration(outputSize: 14)
  public var maskHead = MaskHeadConfiguration()

  public init() {}

  public var numClasses: Int? { box.numClasses }
  public var hasMasks: Bool { true }
  public var network: String? { box.network }

  public var trained: TrainedParts {
    get { box.trained }
    set { box.trained = newValue }
  }

  public var transform: TransformOptions {
    get { box.transform }
    set { box.transform = newValue }
  }

  public func makeDetector(
    numClasses: Int
  ) throws(ModelConfigurationError) -> any Detector {
    let parts = try box.parts()
    let pool = try maskRoIPool.pool(of: parts.backbone, at: "mask_roi_pool")
    let head = try maskHead.head(inChannels: parts.backbone.outChannels)
    return try MaskRCNN(
      backbone: parts.backbone, numClasses: numClasses, anchorGenerator: parts.anchors,
      boxRoIPool: parts.pool, boxHead: parts.head, maskRoIPool: pool, maskHead: head,
      options: box.options)
  }
}

extension MaskRCNNConfiguration {
  private enum CodingKeys: String, CodingKey {
    case maskRoIPool = "mask_roi_pool"
    case maskHead = "mask_head"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    box = try FasterRCNNConfiguration(from: decoder)
    maskRoIPool = try values.decode(RoIAlignConfiguration.self, forKey: .maskRoIPool)
    maskHead = try values.decode(MaskHeadConfiguration.self, forKey: .maskHead)
  }

  public func encode(to encoder: any Encoder) throws {
    try box.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(maskRoIPool, forKey: .maskRoIPool)
    try values.encode(maskHead, forKey: .maskHead)
  }
}
