import COCO

/// See `summary`.
struct LikelyBadLocation: EngineRule {
  static let kind = FaultKind.likelyBadLocation
  static let summary = "a box away from the place where a model sees the object"
  static let explanation = """
    A model that was not trained on the image detects an object of this category (score above \
    0.5), but its best box hardly overlaps the annotation. Check that the box fits the object. The \
    scores are ObjectLab's (Tkachenko, Thyagarajan and Mueller, 2023); `copra check --predictions` \
    ranks them.
    """
  static let targets = [
    TargetExample.flags("a detection with an overlap of 0.1", byModel: true),
    .allows("a box that a model also detects"),
  ]
}
