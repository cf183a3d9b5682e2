import COCO

/// See `summary`.
struct SuppressedByNeighbour: EngineRule {
  static let kind = FaultKind.suppressedByNeighbour
  static let summary = "a box that overlaps another of its category more than a detector allows"
  static let explanation = """
    If two detections of one category overlap by more than a threshold (0.5 in most detectors), \
    non-maximum suppression keeps only the one with the higher score. If true boxes overlap that \
    far, one of them is never found, however well the model has learnt. If crowded scenes matter, \
    raise the threshold in `model.yaml` (`box_nms_thresh`, `nms_thresh`); if objects should not \
    overlap, look for one that was annotated twice.
    """
  static let targets = [
    TargetExample.flags("two boxes of one category that overlap by 0.67", byModel: true) {
      $0.boxes = .init("float32", [2, 4], [10, 8, 30, 28, 14, 8, 34, 28])
      $0.labels = .init("int64", [2], [1])
    },
    .allows("a single box"),
  ]
}
