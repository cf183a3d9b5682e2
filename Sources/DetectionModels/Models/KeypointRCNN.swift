/// A Keypoint R-CNN (He et al., 2017): a Faster R-CNN that also finds the keypoints of every
/// detection.
public typealias KeypointRCNN = GeneralizedRCNN<KeypointRoIHeads>

/// The options of a Keypoint R-CNN besides its parts, with torchvision's defaults.
///
/// They are coded under the names of torchvision's arguments, in one flat mapping.
public struct KeypointRCNNOptions: Sendable, Codable, Hashable {
  /// The options of the Faster R-CNN; training draws from more image sizes than other detectors do.
  public var box = FasterRCNNOptions()
  /// The number of keypoints of each object; nil for the data's number, or COCO's 17.
  public var numKeypoints: Int?

  /// Creates torchvision's defaults, with shorter sides of 640 to 800 pixels in training.
  public init() {
    box.transform = TransformOptions(minSize: [640, 672, 704, 736, 768, 800])
  }

  private enum CodingKeys: String, CodingKey {
    case numKeypoints = "num_keypoints"
  }

  /// Decodes the options from one flat mapping of torchvision's argument names.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    box = try FasterRCNNOptions(from: decoder)
    numKeypoints = try values.decodeIfPresent(Int.self, forKey: .numKeypoints)
  }

  /// Encodes the options as one flat mapping of torchvision's argument names.
  public func encode(to encoder: any Encoder) throws {
    try box.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(numKeypoints, forKey: .numKeypoints)
  }
}

extension GeneralizedRCNN where Heads == KeypointRoIHeads {
  /// Creates a Keypoint R-CNN on a backbone.
  ///
  /// - Parameters:
  ///   - backbone: The backbone that provides the feature maps.
  ///   - numClasses: The number of classes, the background included.
  ///   - anchorGenerator: The anchors, with one list of sizes for each map of the backbone.
  ///   - rpnHead: The head of the region proposal network; nil for torchvision's, with one
  ///     convolution.
  ///   - boxRoIPool: The pooling of the boxes, of maps that the backbone provides.
  ///   - boxHead: The head before the box predictor; nil for two fully connected layers of
  ///     1,024 features.
  ///   - keypointRoIPool: The pooling of the keypoints' boxes, of maps that the backbone
  ///     provides.
  ///   - keypointHead: The head before the keypoint predictor; nil for eight convolutions of
  ///     512 channels.
  ///   - options: The options besides the parts.
  /// - Throws: `ModelConfigurationError` if the parts do not fit together.
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
  /// The number of keypoints that COCO annotates for a person.
  static let personKeypoints = 17

  /// The default number of classes: the background and the person.
  public static var usualClasses: Int { 2 }
  /// The value true, as the detector finds keypoints.
  public static var hasKeypoints: Bool { true }

  /// The transform of the Faster R-CNN's options.
  public var transform: TransformOptions {
    get { box.transform }
    set { box.transform = newValue }
  }

  /// Sets the number of keypoints of each object.
  public mutating func takeKeypoints(_ count: Int) {
    numKeypoints = count
  }
}
