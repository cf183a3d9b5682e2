import COCO

/// See `summary`.
struct LabelOutOfRange: EngineRule {
  static let kind = FaultKind.labelOutOfRange
  static let summary = "a label that is not among the model's classes"
  static let explanation = """
    0 is the background: the object is learnt as nothing. Below 0 Faster R-CNN ignores the object and \
    RetinaNet takes it for its last class; above the last class torchvision dies of an index, on a \
    GPU without saying where. Labels count from 1.
    """
  static let targets = [
    TargetExample.flags("the background") { $0.labels = .init("int64", [1], [0]) },
    .flags("beyond the last class") { $0.labels = .init("int64", [1], [3]) },
    .allows("the last class") { $0.labels = .init("int64", [1], [2]) },
  ]
}
