/// How proposals are chosen and learnt; torchvision's defaults. Coded by the names of
/// torchvision's arguments.
public struct RPNOptions: Sendable, Codable, Hashable {
  /// Anchors of each feature map that are looked at, the most certain ones, in training.
  public var preNMSTopNTraining = 2000
  public var preNMSTopNInference = 1000
  /// Proposals of a picture in training.
  public var postNMSTopNTraining = 2000
  public var postNMSTopNInference = 1000
  /// Of two proposals of one feature map that overlap more, the less certain one goes.
  public var nmsThreshold = 0.7
  /// The least certainty of a proposal.
  public var scoreThreshold = 0.0
  /// The overlap from which on an anchor is an object.
  public var foregroundIoUThreshold = 0.7
  /// The overlap below which an anchor is background.
  public var backgroundIoUThreshold = 0.3
  /// Anchors of a picture that are learnt from.
  public var batchSizePerImage = 256
  /// The greatest share of objects among them.
  public var positiveFraction = 0.5

  public init() {}

  private enum CodingKeys: String, CodingKey {
    case preNMSTopNTraining = "rpn_pre_nms_top_n_train"
    case preNMSTopNInference = "rpn_pre_nms_top_n_test"
    case postNMSTopNTraining = "rpn_post_nms_top_n_train"
    case postNMSTopNInference = "rpn_post_nms_top_n_test"
    case nmsThreshold = "rpn_nms_thresh"
    case scoreThreshold = "rpn_score_thresh"
    case foregroundIoUThreshold = "rpn_fg_iou_thresh"
    case backgroundIoUThreshold = "rpn_bg_iou_thresh"
    case batchSizePerImage = "rpn_batch_size_per_image"
    case positiveFraction = "rpn_positive_fraction"
  }
}
