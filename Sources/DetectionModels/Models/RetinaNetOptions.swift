/// What may be chosen of a RetinaNet but its parts; torchvision's defaults. Coded by the names of
/// torchvision's arguments, all in one place.
public struct RetinaNetOptions: Sendable, Codable, Hashable {
  public var transform = TransformOptions()
  /// Detections have a greater score.
  public var scoreThreshold = 0.05
  /// Of two detections of one class that overlap more, the less certain one goes.
  public var nmsThreshold = 0.5
  public var detectionsPerImage = 300
  /// The overlap from which on an anchor is an object.
  public var foregroundIoUThreshold = 0.5
  /// The overlap below which an anchor is background.
  public var backgroundIoUThreshold = 0.4
  /// Detections of each feature map that are looked at, the most certain ones.
  public var topKCandidates = 1000

  public init() {}

  private enum CodingKeys: String, CodingKey {
    case scoreThreshold = "score_thresh"
    case nmsThreshold = "nms_thresh"
    case detectionsPerImage = "detections_per_img"
    case foregroundIoUThreshold = "fg_iou_thresh"
    case backgroundIoUThreshold = "bg_iou_thresh"
    case topKCandidates = "topk_candidates"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    transform = try TransformOptions(from: decoder)
    scoreThreshold = try values.decode(Double.self, forKey: .scoreThreshold)
    nmsThreshold = try values.decode(Double.self, forKey: .nmsThreshold)
    detectionsPerImage = try values.decode(Int.self, forKey: .detectionsPerImage)
    foregroundIoUThreshold = try values.decode(Double.self, forKey: .foregroundIoUThreshold)
    backgroundIoUThreshold = try values.decode(Double.self, forKey: .backgroundIoUThreshold)
    topKCandidates = try values.decode(Int.self, forKey: .topKCandidates)
  }

  public func encode(to encoder: any Encoder) throws {
    try transform.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(scoreThreshold, forKey: .scoreThreshold)
    try values.encode(nmsThreshold, forKey: .nmsThreshold)
    try values.encode(detectionsPerImage, forKey: .detectionsPerImage)
    try values.encode(foregroundIoUThreshold, forKey: .foregroundIoUThreshold)
    try values.encode(backgroundIoUThreshold, forKey: .backgroundIoUThreshold)
    try values.encode(topKCandidates, forKey: .topKCandidates)
  }
}
