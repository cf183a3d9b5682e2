import COCO

/// See `summary`.
struct WrongShape: EngineRule {
  static let kind = FaultKind.wrongShape
  static let summary = "a tensor of a different shape from the one the model takes"
  static let explanation = """
    An image is [3, H, W] and boxes are [N, 4], even if N is 0. The usual cause is an empty list \
    of boxes created without a shape.
    """
  static let targets = [
    TargetExample.flags("no boxes, with the shape [0]") {
      $0.boxes = .init("float32", [0], [])
      $0.labels = .init("int64", [0], [])
    },
    .allows("no boxes, with the shape [0, 4]") {
      $0.boxes = .init("float32", [0, 4], [])
      $0.labels = .init("int64", [0], [])
    },
  ]
}
