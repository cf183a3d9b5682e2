/// The options of an SSD besides its parts, with torchvision's defaults.
///
/// They are coded under the names of torchvision's arguments, in one flat mapping.
public struct SSDOptions: OneStageOptions {
  /// The options of the transform, with a fixed size.
  public var transform = TransformOptions(fixedSize: SpatialSize(height: 300, width: 300))
  /// The score that detections have to exceed.
  public var scoreThreshold = 0.01
  /// The IoU above which the detection with the lower score, of two of one class, is removed.
  public var nmsThreshold = 0.45
  /// The greatest number of detections of an image.
  public var detectionsPerImage = 200
  /// The number of candidates kept of each class before non-maximum suppression.
  public var topKCandidates = 400
  /// The IoU from which on a default box is an object.
  public var iouThreshold = 0.5
  /// The fraction of boxes with an object among those whose class is trained.
  public var positiveFraction = 0.25

  /// Creates torchvision's defaults.
  public init() {}

  private enum CodingKeys: String, CodingKey {
    case size
    case imageMean = "image_mean"
    case imageStandardDeviation = "image_std"
    case iouThreshold = "iou_thresh"
    case positiveFraction = "positive_fraction"
  }

  /// Decodes the options from one flat mapping of torchvision's argument names; `size` is width and
  /// height, or one number for both.
  ///
  /// - Throws: `ModelConfigurationError` for more than two numbers as the size.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let sides = try values.decode([Int].self, forKey: .size)
    guard let width = sides.first, let height = sides.last, sides.count <= 2 else {
      throw ModelConfigurationError(
        "expected one side or width and height, found \(sides.count) numbers", at: "size")
    }
    transform = TransformOptions(fixedSize: SpatialSize(height: height, width: width))
    transform.imageMean = try values.decode([Double].self, forKey: .imageMean)
    transform.imageStandardDeviation = try values.decode(
      [Double].self, forKey: .imageStandardDeviation)
    try decodeSelection(from: decoder)
    iouThreshold = try values.decode(Double.self, forKey: .iouThreshold)
    positiveFraction = try values.decode(Double.self, forKey: .positiveFraction)
  }

  /// Encodes the options as one flat mapping of torchvision's argument names.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    if let size = transform.fixedSize {
      try values.encode([size.width, size.height], forKey: .size)
    }
    try values.encode(transform.imageMean, forKey: .imageMean)
    try values.encode(transform.imageStandardDeviation, forKey: .imageStandardDeviation)
    try encodeSelection(to: encoder)
    try values.encode(iouThreshold, forKey: .iouThreshold)
    try values.encode(positiveFraction, forKey: .positiveFraction)
  }
}
