import COCO

/// See `summary`.
struct DeadGradient: EngineRule {
  static let kind = FaultKind.deadGradient
  static let summary = "a trainable parameter that never gets a gradient"
  static let explanation = """
    In a short training every parameter should get a gradient other than 0 at least once. One that does \
    not stays as it was drawn: the model of your own has a part that nothing looks at, or no object in \
    the data reaches that part. Leave the part out of `model.yaml`, freeze it (`--freeze`), or look why \
    no object gets there.
    """
  static let targets = [
    TargetExample.flags("a feature map that no head looks at", byModel: true),
    .allows("an object that every part of the model looks at"),
  ]
}
