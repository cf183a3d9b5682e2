import COCO

/// See `summary`.
struct SuppressedByNeighbour: EngineRule {
  static let kind = FaultKind.suppressedByNeighbour
  static let summary = "a box that overlaps another of its category more than a detector lets pass"
  static let explanation = """
    Of two detections of one category that overlap by more than a threshold (0.5 in most detectors) \
    non-maximum suppression keeps the more certain one. Where true boxes overlap that far, one of them \
    is never found, however well the model has learnt. Where crowds matter, raise the threshold in \
    `model.yaml` (`box_nms_thresh`, `nms_thresh`); where they should not overlap, look for an object that \
    was annotated twice.
    """
  static let targets = [
    TargetExample.flags("two boxes of one category that overlap by 0.6", byModel: true),
    .allows("a box by itself"),
  ]
}
