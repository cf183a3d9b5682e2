/// A Keypoint R-CNN of parts that are chosen one by one: those of a Faster R-CNN, and what finds
/// keypoints.
public struct KeypointRCNNConfiguration: DetectorConfiguration {
  public var box = FasterRCNNConfiguration()
  /// Of each object; nil for as many as the data has, or else COCO's 17.
  public var numKeypoints: Int?
  public var keypointRoIPool = RoIAlignConfiguration(outputSize: 14)
  public var keypointHead = KeypointHeadConfiguration()

  public init() {
    box.options = KeypointRCNNOptions().box
  }

  public var numClasses: Int? { box.numClasses }
  public var hasMasks: Bool { false }
  public var network: String? { box.network }

  public var trained: TrainedParts {
    get { box.trained }
    set { box.trained = newValue }
  }

  public var hasKeypoints: Bool { true }
  public var usualClasses: Int { KeypointRCNNOptions.usualClasses }

  public var transform: TransformOptions {
    get { box.transform }
    set { box.transform = newValue }
  }

  public mutating func takeKeypoints(_ count: Int) {
    numKeypoints = count
  }

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

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    box = try FasterRCNNConfiguration(from: decoder)
    numKeypoints = try values.decodeIfPresent(Int.self, forKey: .numKeypoints)
    keypointRoIPool = try values.decode(RoIAlignConfiguration.self, forKey: .keypointRoIPool)
    keypointHead = try values.decode(KeypointHeadConfiguration.self, forKey: .keypointHead)
  }

  public func encode(to encoder: any Encoder) throws {
    try box.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(numKeypoints, forKey: .numKeypoints)
    try values.encode(keypointRoIPool, forKey: .keypointRoIPool)
    try values.encode(keypointHead, forKey: .keypointHead)
  }
}

/// The convolutions that the keypoints' features go through.
public struct KeypointHeadConfiguration: Codable, Sendable, Hashable {
  /// Channels of each.
  public var layers = Array(repeating: 512, count: 8)

  public init() {}

  /// Returns the head for maps of so many channels; nil for the detector's own, whose weights it
  /// draws at its own time.
  func head(inChannels: Int) throws(ModelConfigurationError) -> KeypointRCNNHeads? {
    try checkLayers(layers, of: "keypoint_head")
    return self == KeypointHeadConfiguration()
      ? nil : KeypointRCNNHeads(inChannels: inChannels, layers: layers)
  }
}
