import Torch

extension DetectorChoice {
  /// Returns the choice of a detector that finds as many keypoints as the weights do; the choice
  /// itself if there are no weights, or they find none.
  ///
  /// - Throws: The errors of `taking(keypoints:)`.
  public func taking(_ weights: SavedDetector?) throws -> DetectorChoice {
    try taking(keypoints: hasKeypoints ? weights?.numKeypoints : nil)
  }
}

extension SavedDetector {
  /// The number of keypoints of each object that the weights find; nil if they find none.
  public var numKeypoints: Int? {
    state["roi_heads.keypoint_predictor.kps_score_lowres.bias"]?.shape.first
  }
}
