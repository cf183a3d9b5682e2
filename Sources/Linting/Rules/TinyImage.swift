import COCO

/// See `summary`.
struct TinyImage: EngineRule {
  static let kind = FaultKind.tinyImage
  static let summary = "a picture of hardly a pixel"
  static let explanation = """
    Resized to the model's size such a picture is one colour, and every box on it is all of it. \
    Remove it.
    """
  static let targets = [
    TargetExample.flags("a side of one pixel") {
      $0.image = .init("float32", [3, 1, 64], [0.5])
      $0.boxes = .init("float32", [1, 4], [10, 0, 30, 1])
    },
    .allows("an ordinary picture"),
  ]
}
