import COCO

/// See `summary`.
struct InvertedBox: AnnotationRule {
  static let kind = FaultKind.invertedBox
  static let fixability = Fixability.safe
  static let summary = "a box whose second corner lies left of or above its first"
  static let explanation = """
    Width or height is negative. torchvision raises on such a box, pycocotools gives it a negative \
    area, and an intersection over union with it is meaningless. Nearly always the corners were \
    written in the wrong order; the fix sorts them.
    """
  static let examples = [
    Example.flags(
      "drawn from right to left", .example(.object(1, 30, 10, -16, 12, area: 192)),
      mended: .example(.object(1, 14, 10, 16, 12))),
    Example.flags(
      "drawn from the lower right to the upper left", .example(.object(1, 30, 22, -16, -12)),
      mended: .example(.object(1, 14, 10, 16, 12))),
    Example.allows("corners in order", .example(.object(1, 14, 10, 16, 12))),
    Example.allows(
      "no extent at all, which is a fault of its own", .example(.object(1, 5, 5, 0, 9))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    frame.condition == .inverted ? frame.boxFault(of: annotation) : nil
  }
}
