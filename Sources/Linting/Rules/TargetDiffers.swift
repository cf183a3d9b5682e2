import COCO

/// See `summary`.
struct TargetDiffers: EngineRule {
  static let kind = FaultKind.targetDiffers
  static let summary = "a model is given something else than by the original"
  static let explanation = """
    `copra check OUT --against ORIGINAL` gives a detector both the original, as copra reads it, and \
    what was made of it. Size of the picture, categories, corners, masks and keypoints must be equal to \
    the bit in float32. Where they are not, the conversion, or an edit after it, has changed the data; \
    the message has both places.
    """
  static let targets = [
    TargetExample.flags("a box that was moved after the conversion", byModel: true),
    .allows("the same box"),
  ]
}
