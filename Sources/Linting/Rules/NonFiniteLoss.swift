import COCO

/// See `summary`.
struct NonFiniteLoss: EngineRule {
  static let kind = FaultKind.nonFiniteLoss
  static let summary = "a loss that is NaN or infinite"
  static let explanation = """
    Training stops immediately, before any weights are damaged, and reports the images and boxes \
    of the batch. Check these boxes first; if they are sound, the learning rate is too high.
    """
  static let targets = [
    TargetExample.flags("a learning rate that makes the weights overflow", byModel: true),
    .allows("a sound box"),
  ]
}
