import COCO

/// See `summary`.
struct WrongDtype: EngineRule {
  static let kind = FaultKind.wrongDtype
  static let summary = "a tensor of a different type from the one the model takes"
  static let explanation = """
    Boxes are float32, labels int64, and samples floating-point numbers from 0 to 1. Given other \
    types, torchvision raises an error somewhere inside the model or silently rounds the values.
    """
  static let targets = [
    TargetExample.flags("integer boxes") { $0.boxes.type = "int64" },
    .flags("labels of int32") { $0.labels.type = "int32" },
    .allows("float32 and int64"),
  ]
}
