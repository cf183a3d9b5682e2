import COCO

/// See `summary`.
struct DeadGradient: EngineRule {
  static let kind = FaultKind.deadGradient
  static let summary = "a trainable parameter that never receives a gradient"
  static let explanation = """
    In a short training every parameter should receive a nonzero gradient at least once. One that \
    does not keeps its initial values: either the custom model has a part whose output is never \
    used, or no object in the data reaches that part. Leave the part out of `model.yaml`, freeze \
    it (`--freeze`), or find out why no object reaches it.
    """
  static let targets = [
    TargetExample.flags("a feature map that no head uses", byModel: true),
    .allows("an object that reaches every part of the model"),
  ]
}
