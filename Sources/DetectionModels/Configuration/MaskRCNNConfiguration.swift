/// The configuration of a Mask R-CNN composed of chosen parts: those of a Faster R-CNN and those
/// that predict masks.
public struct MaskRCNNConfiguration: DetectorConfiguration {
  /// The parts and options of the Faster R-CNN.
  public var box = FasterRCNNConfiguration()
  /// The pooling of the masks' boxes, to 14×14 by default.
  public var maskRoIPool = RoIAlignConfiguration(outputSize: 14)
  /// The convolutions before the mask predictor.
  public var maskHead = MaskHeadConfiguration()

  /// Creates a configuration of torchvision's defaults.
  public init() {}

  /// The number of classes, the background included; nil for the data's number.
  public var numClasses: Int? { box.numClasses }
  /// The value true, as the detector predicts masks.
  public var hasMasks: Bool { true }
  /// The name of the classification network in the backbone.
  public var network: String? { box.network }

  /// The parts that training changes.
  public var trained: TrainedParts {
    get { box.trained }
    set { box.trained = newValue }
  }

  /// The options of the transform.
  public var transform: TransformOptions {
    get { box.transform }
    set { box.transform = newValue }
  }

  /// Returns the detector with weights drawn in torchvision's order and without frozen parts.
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

  /// Decodes the configuration from one flat mapping of parts and options.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    box = try FasterRCNNConfiguration(from: decoder)
    maskRoIPool = try values.decode(RoIAlignConfiguration.self, forKey: .maskRoIPool)
    maskHead = try values.decode(MaskHeadConfiguration.self, forKey: .maskHead)
  }

  /// Encodes the configuration as one flat mapping of parts and options.
  public func encode(to encoder: any Encoder) throws {
    try box.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(maskRoIPool, forKey: .maskRoIPool)
    try values.encode(maskHead, forKey: .maskHead)
  }
}
