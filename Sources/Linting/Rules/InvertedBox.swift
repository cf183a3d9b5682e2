import COCO

/// See `summary`.
struct InvertedBox: AnnotationRule {
  static let severity = Finding.Severity.error
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
    guard frame.condition == .inverted, let box = annotation.box else { return nil }
    let message =
      box.width < 0
      ? "xmax \(box.x1.shortest) is left of xmin \(box.x0.shortest)"
      : "ymax \(box.y1.shortest) is above ymin \(box.y0.shortest)"
    return Fault(
      message, .box, fix: Fix("sort the corners", isSafe: true, edits: [.setBox(box.sorted)]))
  }
}
