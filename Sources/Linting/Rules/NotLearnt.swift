import COCO

/// See `summary`.
struct NotLearnt: EngineRule {
  static let kind = FaultKind.notLearnt
  static let summary = "a box that a model misses although it was trained on just a few pictures"
  static let explanation = """
    `copra train --smoke` trains until a few pictures are learnt by heart. A box that is missed even so \
    does not fit what the picture shows: it is shifted, has the wrong category, or belongs to another \
    picture. Look at it.
    """
  static let targets = [
    TargetExample.flags("a box beside its object", byModel: true),
    .allows("a box around its object"),
  ]
}
