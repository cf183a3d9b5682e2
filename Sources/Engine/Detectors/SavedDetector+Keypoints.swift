import Torch

extension DetectorChoice {
  /// Returns the choice of a detector that finds as many keypoints as the weights do; itself where
  /// there are none, or find none.
  ///
  /// - Throws: as `taking(keypoints:)`.
  public func taking(_ weights: SavedDetector?) throws -> DetectorChoice {
    try taking(keypoints: hasKeypoints ? weights?.numKeypoints : nil)
  }
}

extension SavedDetector {
  /// The keypoints of each object that the weights find; nil where they find none.
  public var numKeypoints: Int? {
    state["roi_heads.keypoint_predictor.kps_score_lowres.bias"]?.shape.first
  }
}
