import COCO

/// See `summary`.
struct ExtremeAspectRatio: AnnotationRule {
  static let kind = FaultKind.extremeAspectRatio
  static let summary = "a box that is over 20 times as long as wide"
  static let explanation = """
    No usual anchor fits it, so that a detector hardly ever learns it. Such boxes are mostly slips; \
    where they are real (poles, wires), anchors of their own help. `ratio` is the largest that is let \
    pass; boxes with a side under 2 px are tiny-box's.
    """
  static let examples = [
    Example.flags("60 by 2", .example(.object(1, 2, 10, 60, 2))),
    Example.allows("40 by 2", .example(.object(1, 2, 10, 40, 2))),
  ]

  var ratio = 20.0

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard frame.condition == .sound, let box = annotation.box, annotation.isCrowd != 1 else {
      return nil
    }
    let (short, long) = (min(box.width, box.height), max(box.width, box.height))
    guard short >= TinyBox().side, long > ratio * short else { return nil }
    let rounded = (10 * long / short).rounded() / 10
    return fault(
      "the box is \(box.width.shortest)×\(box.height.shortest) px, \(rounded.shortest) to 1", .box)
  }
}
