/// How the classes of proposals are learnt and detections are chosen; torchvision's
/// defaults. Coded by the names of torchvision's arguments.
public struct RoIOptions: Sendable, Codable, Hashable {
  /// Detections have a greater score.
  public var scoreThreshold = 0.05
  /// Of two detections of one class that overlap more, the less certain one goes.
  public var nmsThreshold = 0.5
  public var detectionsPerImage = 100
  /// The overlap from which on a proposal is an object.
  public var foregroundIoUThreshold = 0.5
  /// The overlap below which a proposal is background.
  public var backgroundIoUThreshold = 0.5
  /// Proposals of a picture that are learnt from.
  public var batchSizePerImage = 512
  /// The greatest share of objects among them.
  public var positiveFraction = 0.25
  /// What offsets of boxes (x, y, width, height) are multiplied by.
  public var boxRegressionWeights: [Double] = [10, 10, 5, 5]

  public init() {}

  private enum CodingKeys: String, CodingKey {
    case scoreThreshold = "box_score_thresh"
    case nmsThreshold = "box_nms_thresh"
    case detectionsPerImage = "box_detections_per_img"
    case foregroundIoUThreshold = "box_fg_iou_thresh"
    case backgroundIoUThreshold = "box_bg_iou_thresh"
    case batchSizePerImage = "box_batch_size_per_image"
    case positiveFraction = "box_positive_fraction"
    case boxRegressionWeights = "bbox_reg_weights"
  }
}
