import COCO

/// See `summary`.
struct NonFiniteLoss: EngineRule {
  static let kind = FaultKind.nonFiniteLoss
  static let summary = "a loss that is NaN or infinite"
  static let explanation = """
    Training stops at once, before weights are spoilt, and names the pictures and boxes of the batch. \
    Look at these boxes first; where they are sound, the learning rate is too high.
    """
  static let targets = [
    TargetExample.flags("a learning rate that makes the weights overflow", byModel: true),
    .allows("a sound box"),
  ]
}
