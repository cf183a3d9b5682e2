import COCO

/// See `summary`.
struct LikelyMissingLabel: EngineRule {
  static let kind = FaultKind.likelyMissingLabel
  static let summary = "an object that a model is sure of but that has no annotation"
  static let explanation = """
    A model that was not trained on the image is sure (score 0.95 or more) of an object where \
    there is no annotation, and the nearest annotation of that category is far away. Check whether \
    an annotation is missing: a model trained on the image learns that such objects are \
    background. The scores are ObjectLab's (Tkachenko, Thyagarajan and Mueller, 2023); `copra \
    check --predictions` ranks them. `copra check` also reports, without a detector, a place that \
    looks more like an object than half of the set's boxes do and that no box covers, if such places \
    are few.
    """
  static let targets = [
    TargetExample.flags("a confident detection far from every box", byModel: true),
    .allows("a box that a model also detects"),
  ]
}
