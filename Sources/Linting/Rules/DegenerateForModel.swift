import COCO

/// See `summary`.
struct DegenerateForModel: EngineRule {
  static let kind = FaultKind.degenerateForModel
  static let summary = "a box whose corners coincide at the model's input size"
  static let explanation = """
    The image is resized before the model sees it, in float32. A sliver far from the origin can \
    then lose its extent, and torchvision raises an error in the middle of training. Remove the \
    box, or train on larger images.
    """
  static let targets = [
    TargetExample.flags("a box thinner than float32 can resolve at its position") {
      $0.image = .init("float32", [3, 50, 1000], [0.5])
      $0.boxes = .init("float32", [1, 4], [997.99976, 2, 997.9998, 20])
      $0.inputSize = [40, 800]
    },
    .allows("a box that keeps its extent") { $0.inputSize = [24, 40] },
  ]
}
