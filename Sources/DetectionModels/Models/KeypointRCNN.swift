/// Keypoint R-CNN (He et al., 2017): Faster R-CNN with keypoints for every box.
public typealias KeypointRCNN = GeneralizedRCNN<KeypointRoIHeads>

/// What may be chosen of a Keypoint R-CNN but its parts; torchvision's defaults. Coded by the names
/// of torchvision's arguments, all in one place.
public struct KeypointRCNNOptions: Sendable, Codable, Hashable {
  /// Of the boxes; training draws among more sizes of images than other detectors do.
  public var box = FasterRCNNOptions()
  /// Of each object; nil for as many as the data has, or else COCO's 17.
  public var numKeypoints: Int?

  public init() {
    box.transform = TransformOptions(minSize: [640, 672, 704, 736, 768, 800])
  }

  private enum CodingKeys: String, CodingKey {
    case numKeypoints = "num_keypoints"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    box = try FasterRCNNOptions(from: decoder)
    numKeypoints = try values.decodeIfPresent(Int.self, forKey: .numKeypoints)
  }

  public func encode(to encoder: any Encoder) throws {
    try box.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(numKeypoints, forKey: .numKeypoints)
  }
}

extension GeneralizedRCNN where Heads == KeypointRoIHeads {
  /// - Parameters:
  ///   - numClasses: the background included.
  ///   - keypointRoIPool: of maps that the backbone gives.
  ///   - keypointHead: nil for eight convolutions of 512 channels.
  /// - Throws: `ModelConfigurationError` where the parts do not fit each other.
  public init(
    backbone: any Backbone, numClasses: Int, anchorGenerator: AnchorGenerator = .fasterRCNN,
    rpnHead: RPNHead? = nil, boxRoIPool: MultiScaleRoIAlign = .pyramid(outputSize: 7),
    boxHead: (any BoxHead)? = nil, keypointRoIPool: MultiScaleRoIAlign = .pyramid(outputSize: 14),
    keypointHead: KeypointRCNNHeads? = nil, options: KeypointRCNNOptions = KeypointRCNNOptions()
  ) throws(ModelConfigurationError) {
    let parts = RCNNParts(backbone: backbone, numClasses: numClasses, options: options.box)
    try parts.check(keypointRoIPool, at: "keypoint_roi_pool")
    let pooled = keypointRoIPool.outputSize
    try ModelConfigurationError.require(
      pooled.height == pooled.width, at: "keypoint_roi_pool",
      "expected a square output, found \(pooled.height)×\(pooled.width)")
    let numKeypoints = options.numKeypoints ?? KeypointRCNNOptions.personKeypoints
    try ModelConfigurationError.require(
      numKeypoints > 0, at: "num_keypoints", "expected 1 keypoint or more, found \(numKeypoints)")
    // The keypoints' weights are drawn before the boxes', as torchvision does.
    let head = keypointHead ?? KeypointRCNNHeads(inChannels: backbone.outChannels)
    try ModelConfigurationError.require(
      head.inChannels == backbone.outChannels, at: "keypoint_head",
      "expected a keypoint head for \(backbone.outChannels) channels, found \(head.inChannels)")
    let predictor = KeypointRCNNPredictor(
      inChannels: head.outChannels, numKeypoints: numKeypoints)
    let rpn = try parts.rpn(anchorGenerator, rpnHead)
    self.init(
      transform: GeneralizedRCNNTransform(options.box.transform), backbone: backbone, rpn: rpn,
      roiHeads: KeypointRoIHeads(
        box: try parts.boxHeads(boxRoIPool, boxHead), keypointRoIPool: keypointRoIPool,
        keypointHead: head, keypointPredictor: predictor))
  }
}

extension KeypointRCNNOptions: ReadyOptions {
  /// How many keypoints COCO has of a person.
  static let personKeypoints = 17

  /// The background, and persons.
  public static var usualClasses: Int { 2 }
  public static var hasKeypoints: Bool { true }

  public var transform: TransformOptions {
    get { box.transform }
    set { box.transform = newValue }
  }

  public mutating func takeKeypoints(_ count: Int) {
    numKeypoints = count
  }
}
