import COCO

/// See `summary`.
struct WrongShape: EngineRule {
  static let kind = FaultKind.wrongShape
  static let summary = "a tensor of another shape than the model takes"
  static let explanation = """
    An image is [3, H, W] and boxes are [N, 4], also where N is 0. An empty list of boxes made without \
    a shape is the usual cause.
    """
  static let targets = [
    TargetExample.flags("no boxes, without a shape") {
      $0.boxes = .init("float32", [0], [])
      $0.labels = .init("int64", [0], [])
    },
    .allows("no boxes") {
      $0.boxes = .init("float32", [0, 4], [])
      $0.labels = .init("int64", [0], [])
    },
  ]
}
