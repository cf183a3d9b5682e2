import COCO

/// See `summary`.
struct LikelyWrongLabel: EngineRule {
  static let kind = FaultKind.likelyWrongLabel
  static let summary = "a box that a model confidently assigns to another category"
  static let explanation = """
    A model that was not trained on the image is sure of another category (score above 0.95) at \
    or near the box, or two boxes of different categories overlap by 0.95 or more, as if one object \
    had been annotated twice. The scores are ObjectLab's (Tkachenko, Thyagarajan and Mueller, \
    2023); a score counts if it is at most 0.2 times the average precision of the category. `copra \
    check` also reports an object that looks clearly like those of another category. Check the \
    category; `copra check --predictions` ranks the boxes.
    """
  static let targets = [
    TargetExample.flags("a confident detection of another category at the box", byModel: true),
    .allows("a box that a model also detects"),
  ]
}
