import COCO

/// See `summary`.
struct LikelyWrongLabel: EngineRule {
  static let kind = FaultKind.likelyWrongLabel
  static let summary = "a box that a model confidently assigns to another category"
  static let explanation = """
    A model that was not trained on the image is sure (score above 0.95) of another category \
    exactly where the box is, or two boxes of different categories cover the same object. Check \
    the category. The scores are ObjectLab's (Tkachenko, Thyagarajan and Mueller, 2023); `copra \
    check --predictions` ranks them.
    """
  static let targets = [
    TargetExample.flags("a confident detection of another category at the box", byModel: true),
    .allows("a box that a model also detects"),
  ]
}
