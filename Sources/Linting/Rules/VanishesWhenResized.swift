import COCO

/// See `summary`.
struct VanishesWhenResized: EngineRule {
  static let kind = FaultKind.vanishesWhenResized
  static let summary = "a box with a side under a pixel at the model's input size"
  static let explanation = """
    The image is scaled down before the model sees it, and little of the object is left. Such a \
    box matches hardly any anchor. Train on larger images (`--min-size`, `--max-size`), or tile \
    them.
    """
  static let targets = [
    TargetExample.flags("a thin box in a large image") {
      $0.image = .init("float32", [3, 480, 640], [0.5])
      $0.boxes = .init("float32", [1, 4], [10, 8, 13, 80])
      $0.inputSize = [48, 80]
    },
    .allows("a box that stays large enough") { $0.inputSize = [24, 40] },
  ]
}
