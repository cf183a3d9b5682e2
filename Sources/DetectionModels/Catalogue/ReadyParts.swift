/// The options of a Faster R-CNN of the catalogue, and those of its parts that may be others than
/// torchvision's: what `model.yaml` holds beside a `model`.
public struct ReadyRCNNOptions: ReadyOptions {
  public var options: FasterRCNNOptions
  /// Nil for the detector's own.
  public var anchors: AnchorConfiguration?
  public var boxRoIPool = RoIAlignConfiguration(outputSize: 7)
  public var boxHead: BoxHeadConfiguration

  init(_ options: FasterRCNNOptions, boxHead: BoxHeadConfiguration = BoxHeadConfiguration()) {
    self.options = options
    self.boxHead = boxHead
  }

  public var transform: TransformOptions {
    get { options.transform }
    set { options.transform = newValue }
  }

  /// The parts that stand on a backbone.
  ///
  /// - Parameter own: the detector's own anchors.
  func parts(
    on backbone: any Backbone, anchors own: AnchorGenerator = .fasterRCNN
  ) throws(ModelConfigurationError) -> FasterRCNNConfiguration.Parts {
    let pool = try boxRoIPool.pool(of: backbone, at: "box_roi_pool")
    return FasterRCNNConfiguration.Parts(
      backbone: backbone, anchors: try anchors?.generator() ?? own, pool: pool,
      head: try boxHead.head(of: pool, on: backbone))
  }

  /// Throws where another head is asked for of a detector that has one of its own kind.
  func requireOwnHead() throws(ModelConfigurationError) {
    try ModelConfigurationError.require(
      boxHead == BoxHeadConfiguration(), at: "box_head",
      "expected a detector of two fully connected layers: this one has its own head")
  }
}

extension ReadyRCNNOptions {
  private enum CodingKeys: String, CodingKey {
    case anchors
    case boxRoIPool = "box_roi_pool"
    case boxHead = "box_head"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    anchors = try values.decodeIfPresent(AnchorConfiguration.self, forKey: .anchors)
    boxRoIPool = try values.decode(RoIAlignConfiguration.self, forKey: .boxRoIPool)
    boxHead = try values.decode(BoxHeadConfiguration.self, forKey: .boxHead)
    options = try FasterRCNNOptions(from: decoder)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(anchors, forKey: .anchors)
    try values.encode(boxRoIPool, forKey: .boxRoIPool)
    try values.encode(boxHead, forKey: .boxHead)
    try options.encode(to: encoder)
  }
}

/// The options of a Mask R-CNN of the catalogue: those of a Faster R-CNN, and what makes masks.
public struct ReadyMaskRCNNOptions: ReadyOptions {
  public var box: ReadyRCNNOptions
  public var maskRoIPool = RoIAlignConfiguration(outputSize: 14)
  public var maskHead: MaskHeadConfiguration

  init(_ box: ReadyRCNNOptions, maskHead: MaskHeadConfiguration = MaskHeadConfiguration()) {
    self.box = box
    self.maskHead = maskHead
  }

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

  public init(from decoder: any Decoder) throws {
    box = try ReadyRCNNOptions(from: decoder)
    let values = try decoder.container(keyedBy: CodingKeys.self)
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

/// The options of a RetinaNet of the catalogue, and its anchors.
public struct ReadyRetinaNetOptions: ReadyOptions {
  public var options = RetinaNetOptions()
  /// Nil for the detector's own.
  public var anchors: AnchorConfiguration?

  init() {}

  public var transform: TransformOptions {
    get { options.transform }
    set { options.transform = newValue }
  }

  private enum CodingKeys: String, CodingKey {
    case anchors
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    anchors = try values.decodeIfPresent(AnchorConfiguration.self, forKey: .anchors)
    options = try RetinaNetOptions(from: decoder)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(anchors, forKey: .anchors)
    try options.encode(to: encoder)
  }

  func anchorGenerator() throws(ModelConfigurationError) -> AnchorGenerator {
    try anchors?.generator() ?? .retinaNet
  }
}
