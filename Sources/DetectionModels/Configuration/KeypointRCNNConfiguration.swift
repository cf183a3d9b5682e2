/// The configuration of a Keypoint R-CNN composed of chosen parts: those of a Faster R-CNN and
/// those that find keypoints.
public struct KeypointRCNNConfiguration: DetectorConfiguration {
  /// The parts and options of the Faster R-CNN.
  public var box = FasterRCNNConfiguration()
  /// The number of keypoints of each object; nil for the data's number, or COCO's 17.
  public var numKeypoints: Int?
  /// The pooling of the keypoints' boxes, to 14×14 by default.
  public var keypointRoIPool = RoIAlignConfiguration(outputSize: 14)
  /// The convolutions before the keypoint predictor.
  public var keypointHead = KeypointHeadConfiguration()

  /// Creates a configuration of torchvision's defaults.
  public init() {
    box.options = KeypointRCNNOptions().box
  }

  /// The number of classes, the background included; nil for the data's number.
  public var numClasses: Int? { box.numClasses }
  /// The value false, as the detector has no masks.
  public var hasMasks: Bool { false }
  /// The name of the classification network in the backbone.
  public var network: String? { box.network }

  /// The parts that training changes.
  public var trained: TrainedParts {
    get { box.trained }
    set { box.trained = newValue }
  }

  /// The value true, as the detector finds keypoints.
  public var hasKeypoints: Bool { true }
  /// The default number of classes: the background and the person.
  public var usualClasses: Int { KeypointRCNNOptions.usualClasses }

  /// The options of the transform.
  public var transform: TransformOptions {
    get { box.transform }
    set { box.transform = newValue }
  }

  /// Sets the number of keypoints of each object.
  public mutating func takeKeypoints(_ count: Int) {
    numKeypoints = count
  }

  /// Returns the detector with weights drawn in torchvision's order and without frozen parts.
  public func makeDetector(
    numClasses: Int
  ) throws(ModelConfigurationError) -> any Detector {
    let parts = try box.parts()
    let pool = try keypointRoIPool.pool(of: parts.backbone, at: "keypoint_roi_pool")
    let head = try keypointHead.head(inChannels: parts.backbone.outChannels)
    var options = KeypointRCNNOptions()
    options.box = box.options
    options.numKeypoints = numKeypoints
    return try KeypointRCNN(
      backbone: parts.backbone, numClasses: numClasses, anchorGenerator: parts.anchors,
      boxRoIPool: parts.pool, boxHead: parts.head, keypointRoIPool: pool, keypointHead: head,
      options: options)
  }
}

extension KeypointRCNNConfiguration {
  private enum CodingKeys: String, CodingKey {
    case numKeypoints = "num_keypoints"
    case keypointRoIPool = "keypoint_roi_pool"
    case keypointHead = "keypoint_head"
  }

  /// Decodes the configuration from one flat mapping of parts and options.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    box = try FasterRCNNConfiguration(from: decoder)
    numKeypoints = try values.decodeIfPresent(Int.self, forKey: .numKeypoints)
    keypointRoIPool = try values.decode(RoIAlignConfiguration.self, forKey: .keypointRoIPool)
    keypointHead = try values.decode(KeypointHeadConfiguration.self, forKey: .keypointHead)
  }

  /// Encodes the configuration as one flat mapping of parts and options.
  public func encode(to encoder: any Encoder) throws {
    try box.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(numKeypoints, forKey: .numKeypoints)
    try values.encode(keypointRoIPool, forKey: .keypointRoIPool)
    try values.encode(keypointHead, forKey: .keypointHead)
  }
}

/// The configuration of the convolutions before the keypoint predictor.
public struct KeypointHeadConfiguration: Codable, Sendable, Hashable {
  /// The number of channels of each convolution.
  public var layers = Array(repeating: 512, count: 8)

  /// Creates torchvision's default: eight convolutions of 512 channels.
  public init() {}

  /// Returns the head for maps of a number of channels; nil for the default head, which the
  /// detector makes itself to draw its weights in torchvision's order.
  func head(inChannels: Int) throws(ModelConfigurationError) -> KeypointRCNNHeads? {
    try checkLayers(layers, of: "keypoint_head")
    return self == KeypointHeadConfiguration()
      ? nil : KeypointRCNNHeads(inChannels: inChannels, layers: layers)
  }
}
