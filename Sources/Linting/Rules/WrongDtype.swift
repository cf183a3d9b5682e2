import COCO

/// See `summary`.
struct WrongDtype: EngineRule {
  static let kind = FaultKind.wrongDtype
  static let summary = "a tensor of another type than the model takes"
  static let explanation = """
    Boxes are float32, labels int64, and samples floating point numbers from 0 to 1. Of other types \
    torchvision raises somewhere inside, or rounds without a word.
    """
  static let targets = [
    TargetExample.flags("boxes of whole numbers") { $0.boxes.type = "int64" },
    .flags("labels of int32") { $0.labels.type = "int32" },
    .allows("float32 and int64"),
  ]
}
