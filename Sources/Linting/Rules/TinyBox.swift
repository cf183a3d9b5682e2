import COCO

/// See `summary`.
struct TinyBox: AnnotationRule {
  static let kind = FaultKind.tinyBox
  static let summary = "a box with a side under 2 pixels"
  static let explanation = """
    Detectors work on features of 4 to 32 pixels and see next to nothing of it; mmdetection drops \
    boxes with a side under 1. Often a slip of the mouse, or parts of the picture's size where \
    pixels are expected. `side` is the smallest side in pixels that is let pass.
    """
  static let examples = [
    Example.flags("a sliver", .example(.object(1, 20, 10, 1.5, 12))),
    Example.flags("parts of the picture's size", .example(.object(1, 0.25, 0.5, 0.125, 0.25))),
    Example.allows("two pixels", .example(.object(1, 20, 10, 2, 12))),
    Example.allows("a crowd", .example(.object(1, 20, 10, 1, 12, isCrowd: 1))),
  ]

  var side = 2.0

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard frame.condition == .sound, let box = annotation.box, annotation.isCrowd != 1,
      min(box.width, box.height) < side
    else { return nil }
    let isNormalised = frame.hasSize && box.x1 <= 1 && box.y1 <= 1
    let hint = isNormalised ? "; are these parts of the picture's size?" : ""
    return fault(
      "the box is \(box.width.shortest)×\(box.height.shortest) px, a side under "
        + side.shortest + hint, .box)
  }
}
