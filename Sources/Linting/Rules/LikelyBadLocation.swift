import COCO

/// See `summary`.
struct LikelyBadLocation: EngineRule {
  static let kind = FaultKind.likelyBadLocation
  static let summary = "a box beside the place where a model sees the object"
  static let explanation = """
    A model that has not learnt the picture sees an object of this category (above 0.5), and its \
    best box overlaps the annotation little. Look whether the box fits the object. The scores \
    are ObjectLab's (Tkachenko, Thyagarajan and Mueller, 2023); `copra check --predictions` \
    ranks them.
    """
  static let targets = [
    TargetExample.flags("a detection that overlaps the box by a tenth", byModel: true),
    .allows("a box that a model finds too"),
  ]
}
