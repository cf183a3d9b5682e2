import COCO

/// See `summary`.
struct LabelOutOfRange: EngineRule {
  static let kind = FaultKind.labelOutOfRange
  static let summary = "a label outside the model's classes"
  static let explanation = """
    0 is the background, so the object is learnt as background. For a label below 0, Faster R-CNN \
    ignores the object and RetinaNet assigns it to its last class; above the last class \
    torchvision fails with an index error, on a GPU without naming the location. Count labels from \
    1.
    """
  static let targets = [
    TargetExample.flags("the label of the background") { $0.labels = .init("int64", [1], [0]) },
    .flags("a label above the last class") { $0.labels = .init("int64", [1], [3]) },
    .allows("the label of the last class") { $0.labels = .init("int64", [1], [2]) },
  ]
}
