/// The options of a Faster R-CNN of the catalogue, and of the parts that can differ from
/// torchvision's, which a `model.yaml` holds beside a `model`.
public struct ReadyRCNNOptions: ReadyOptions {
  /// The options besides the parts.
  public var options: FasterRCNNOptions
  /// The anchors; nil for the detector's own.
  public var anchors: AnchorConfiguration?
  /// The pooling of the boxes, to 7×7 by default.
  public var boxRoIPool = RoIAlignConfiguration(outputSize: 7)
  /// The two fully connected layers before the box predictor.
  public var boxHead: BoxHeadConfiguration

  init(_ options: FasterRCNNOptions, boxHead: BoxHeadConfiguration = BoxHeadConfiguration()) {
    self.options = options
    self.boxHead = boxHead
  }

  /// The options of the transform.
  public var transform: TransformOptions {
    get { options.transform }
    set { options.transform = newValue }
  }

  /// Returns the parts on a backbone.
  ///
  /// - Parameters:
  ///   - backbone: The backbone.
  ///   - own: The detector's own anchors.
  func parts(
    on backbone: any Backbone, anchors own: AnchorGenerator = .fasterRCNN
  ) throws(ModelConfigurationError) -> FasterRCNNConfiguration.Parts {
    let pool = try boxRoIPool.pool(of: backbone, at: "box_roi_pool")
    return FasterRCNNConfiguration.Parts(
      backbone: backbone, anchors: try anchors?.generator() ?? own, pool: pool,
      head: try boxHead.head(of: pool, on: backbone))
  }

  /// Throws if another head is chosen for a detector with a head of its own kind.
  func requireOwnHead() throws(ModelConfigurationError) {
    try ModelConfigurationError.require(
      boxHead == BoxHeadConfiguration(), at: "box_head",
      "expected a detector of two fully connected layers: this has a head of its own")
  }
}

extension ReadyRCNNOptions {
  private enum CodingKeys: String, CodingKey {
    case anchors
    case boxRoIPool = "box_roi_pool"
    case boxHead = "box_head"
  }

  /// Decodes the options from one flat mapping of parts and options.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    anchors = try values.decodeIfPresent(AnchorConfiguration.self, forKey: .anchors)
    boxRoIPool = try values.decode(RoIAlignConfiguration.self, forKey: .boxRoIPool)
    boxHead = try values.decode(BoxHeadConfiguration.self, forKey: .boxHead)
    options = try FasterRCNNOptions(from: decoder)
  }

  /// Encodes the options as one flat mapping of parts and options.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(anchors, forKey: .anchors)
    try values.encode(boxRoIPool, forKey: .boxRoIPool)
    try values.encode(boxHead, forKey: .boxHead)
    try options.encode(to: encoder)
  }
}

/// The options of a Mask R-CNN of the catalogue: those of a Faster R-CNN, and of the parts that
/// predict masks.
public struct ReadyMaskRCNNOptions: ReadyOptions {
  /// The options of the Faster R-CNN.
  public var box: ReadyRCNNOptions
  /// The pooling of the masks' boxes, to 14×14 by default.
  public var maskRoIPool = RoIAlignConfiguration(outputSize: 14)
  /// The convolutions before the mask predictor.
  public var maskHead: MaskHeadConfiguration

  init(_ box: ReadyRCNNOptions, maskHead: MaskHeadConfiguration = MaskHeadConfiguration()) {
    self.box = box
    self.maskHead = maskHead
  }

  /// The options of the transform.
  public var transform: TransformOptions {
    get { box.transform }
    set { box.transform = newValue }
  }
}

extension ReadyMaskRCNNOptions {
  private enum CodingKeys: String, CodingKey {
    case maskRoIPool = "mask_roi_pool"
    case maskHead = "mask_head"
  }

  /// Decodes the options from one flat mapping of parts and options.
  public init(from decoder: any Decoder) throws {
    box = try ReadyRCNNOptions(from: decoder)
    let values = try decoder.container(keyedBy: CodingKeys.self)
    maskRoIPool = try values.decode(RoIAlignConfiguration.self, forKey: .maskRoIPool)
    maskHead = try values.decode(MaskHeadConfiguration.self, forKey: .maskHead)
  }

  /// Encodes the options as one flat mapping of parts and options.
  public func encode(to encoder: any Encoder) throws {
    try box.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(maskRoIPool, forKey: .maskRoIPool)
    try values.encode(maskHead, forKey: .maskHead)
  }
}

/// The options of a RetinaNet of the catalogue, and its anchors.
public struct ReadyRetinaNetOptions: ReadyOptions {
  /// The options besides the anchors.
  public var options = RetinaNetOptions()
  /// The anchors; nil for the detector's own.
  public var anchors: AnchorConfiguration?

  init() {}

  /// The options of the transform.
  public var transform: TransformOptions {
    get { options.transform }
    set { options.transform = newValue }
  }

  private enum CodingKeys: String, CodingKey {
    case anchors
  }

  /// Decodes the options from one flat mapping, which the anchors are part of.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    anchors = try values.decodeIfPresent(AnchorConfiguration.self, forKey: .anchors)
    options = try RetinaNetOptions(from: decoder)
  }

  /// Encodes the options as one flat mapping, which the anchors are part of.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(anchors, forKey: .anchors)
    try options.encode(to: encoder)
  }

  func anchorGenerator() throws(ModelConfigurationError) -> AnchorGenerator {
    try anchors?.generator() ?? .retinaNet
  }
}
