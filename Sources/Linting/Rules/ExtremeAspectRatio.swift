import COCO

/// See `summary`.
struct ExtremeAspectRatio: AnnotationRule {
  static let kind = FaultKind.extremeAspectRatio
  static let summary = "a box whose sides differ by a factor of more than 20"
  static let explanation = """
    No common anchor fits it, so a detector hardly ever learns it. Most such boxes are annotation \
    slips; for real objects of this shape (poles, wires), custom anchors help. `ratio` is the \
    largest ratio allowed. Crowds are not checked, nor are boxes with a side under 2 pixels, which \
    `tiny-box` is for.
    """
  static let examples = [
    Example.flags("60 by 2 pixels", .example(.object(1, 2, 10, 60, 2))),
    Example.allows("40 by 2 pixels", .example(.object(1, 2, 10, 40, 2))),
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
