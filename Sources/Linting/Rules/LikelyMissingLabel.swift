import COCO

/// See `summary`.
struct LikelyMissingLabel: EngineRule {
  static let kind = FaultKind.likelyMissingLabel
  static let summary = "an object that a model is sure of and that is not annotated"
  static let explanation = """
    A model that has not learnt the picture is sure (0.95 or more) of an object where no \
    annotation is, and the nearest annotation of that category is far. Look whether an \
    annotation is missing there: a model that is trained on the picture learns that such objects \
    are background. The scores are ObjectLab's (Tkachenko, Thyagarajan and Mueller, 2023); \
    `copra check --predictions` ranks them.
    """
  static let targets = [
    TargetExample.flags("a sure detection far from every box", byModel: true),
    .allows("a box that a model finds too"),
  ]
}
