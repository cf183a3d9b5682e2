import COCO

/// See `summary`.
struct TargetDiffers: EngineRule {
  static let kind = FaultKind.targetDiffers
  static let summary = "a target that differs from the one in the original"
  static let explanation = """
    `copra check OUT --against ORIGINAL` gives a detector both the original, as copra reads it, \
    and the conversion. The image's size, the categories, the corners, the masks and the keypoints \
    must be equal to the bit in float32. If they are not, the conversion, or an edit after it, has \
    changed the data; the message gives both locations.
    """
  static let targets = [
    TargetExample.flags("a box moved after the conversion", byModel: true),
    .allows("the same box"),
  ]
}
