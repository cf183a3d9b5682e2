import COCO

/// See `summary`.
struct TinyBox: AnnotationRule {
  static let kind = FaultKind.tinyBox
  static let summary = "a box with a side under 2 pixels"
  static let explanation = """
    Detectors work on features of 4 to 32 pixels and see almost nothing of such a box; mmdetection \
    drops boxes with a side under 1 pixel. Usual causes are a slip of the mouse and fractions of \
    the image's size in place of pixels. `side` is the smallest side allowed, in pixels; `copra \
    train` and `copra check` report this rule only for a side under 1 pixel.
    """
  static let examples = [
    Example.flags("a sliver", .example(.object(1, 20, 10, 1.5, 12))),
    Example.flags("fractions of the image's size", .example(.object(1, 0.25, 0.5, 0.125, 0.25))),
    Example.allows("a side of two pixels", .example(.object(1, 20, 10, 2, 12))),
    Example.allows("a crowd", .example(.object(1, 20, 10, 1, 12, isCrowd: 1))),
  ]

  var side = 2.0

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard frame.condition == .sound, let box = annotation.box, annotation.isCrowd != 1,
      min(box.width, box.height) < side
    else { return nil }
    let isNormalised = frame.hasSize && box.x1 <= 1 && box.y1 <= 1
    let hint = isNormalised ? "; are these fractions of the image's size?" : ""
    return fault(
      "the box is \(box.width.shortest)×\(box.height.shortest) px, a side under "
        + side.shortest + hint, .box)
  }
}
