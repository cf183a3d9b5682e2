import COCO

/// See `summary`.
struct InvertedBox: AnnotationRule {
  static let kind = FaultKind.invertedBox
  static let fixability = Fixability.safe
  static let summary = "a box whose second corner is left of or above its first"
  static let explanation = """
    The width or height is negative. torchvision raises an error for such a box, pycocotools gives \
    it a negative area, and an intersection over union with it is meaningless. The corners were \
    almost always written in the wrong order; the fix sorts them.
    """
  static let examples = [
    Example.flags(
      "drawn from right to left", .example(.object(1, 30, 10, -16, 12, area: 192)),
      fixed: .example(.object(1, 14, 10, 16, 12))),
    Example.flags(
      "drawn from the lower right to the upper left", .example(.object(1, 30, 22, -16, -12)),
      fixed: .example(.object(1, 14, 10, 16, 12))),
    Example.allows("corners in order", .example(.object(1, 14, 10, 16, 12))),
    Example.allows(
      "no extent at all, which is a separate fault", .example(.object(1, 5, 5, 0, 9))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    frame.condition == .inverted ? frame.boxFault(of: annotation) : nil
  }
}
