/// What of an object is compared: COCO's `iouType`.
public enum IoUType: String, Sendable, CaseIterable {
  /// Boxes, by intersection over union.
  case bbox
  /// Masks, by intersection over union.
  case segm
  /// Keypoints, by object keypoint similarity (OKS).
  case keypoints
}
