import COCO

/// See `summary`.
struct DegenerateForModel: EngineRule {
  static let kind = FaultKind.degenerateForModel
  static let summary = "a box whose corners fall together at the model's size"
  static let explanation = """
    The picture is resized before the model sees it, in float32. A sliver far from the origin can \
    then lose its extent, and torchvision raises in the middle of a training. Remove the box, or train \
    on larger pictures.
    """
  static let targets = [
    TargetExample.flags("thinner than float32 can tell at its place") {
      $0.image = .init("float32", [3, 50, 1000], [0.5])
      $0.boxes = .init("float32", [1, 4], [997.99976, 2, 997.9998, 20])
      $0.inputSize = [40, 800]
    },
    .allows("a box that stays one") { $0.inputSize = [24, 40] },
  ]
}
