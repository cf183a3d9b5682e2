import COCO

/// See `summary`.
struct LikelyWrongLabel: EngineRule {
  static let kind = FaultKind.likelyWrongLabel
  static let summary = "a box for which a model is sure of another category"
  static let explanation = """
    A model that has not learnt the picture is sure (above 0.95) of another category just where \
    the box is, or two boxes of different categories cover one object. Look at its category. The \
    scores are ObjectLab's (Tkachenko, Thyagarajan and Mueller, 2023); `copra check \
    --predictions` ranks them.
    """
  static let targets = [
    TargetExample.flags("a sure detection of another category on the box", byModel: true),
    .allows("a box that a model finds too"),
  ]
}
