import COCO

/// See `summary`.
struct TinyImage: EngineRule {
  static let kind = FaultKind.tinyImage
  static let summary = "an image with hardly any pixels"
  static let explanation = """
    Resized to the model's input size, such an image is a single colour and every box covers all \
    of it. Remove the image.
    """
  static let targets = [
    TargetExample.flags("a side of one pixel") {
      $0.image = .init("float32", [3, 1, 64], [0.5])
      $0.boxes = .init("float32", [1, 4], [10, 0, 30, 1])
    },
    .allows("an ordinary image"),
  ]
}
