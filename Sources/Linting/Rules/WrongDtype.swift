import COCO

/// See `summary`.
struct WrongDtype: EngineRule {
  static let kind = FaultKind.wrongDtype
  static let summary = "a tensor of a different type from the one the model takes"
  static let explanation = """
    Images and boxes must be of a floating-point type, as float32, and labels of int64. Given other \
    types, torchvision raises an error somewhere inside the model or silently rounds the values.
    """
  static let targets = [
    TargetExample.flags("integer boxes") { $0.boxes.type = "int64" },
    .flags("labels of int32") { $0.labels.type = "int32" },
    .allows("float32 and int64"),
  ]
}
