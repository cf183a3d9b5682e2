import COCO

/// See `summary`.
struct NotLearnt: EngineRule {
  static let kind = FaultKind.notLearnt
  static let summary = "a box that a model misses even though it was trained on only a few images"
  static let explanation = """
    `copra train --smoke` trains until a few images are learnt by heart. A box that is missed even \
    then does not match the image: it is shifted, has the wrong category, or belongs to another \
    image. Check the box.
    """
  static let targets = [
    TargetExample.flags("a box next to its object", byModel: true),
    .allows("a box around its object"),
  ]
}
