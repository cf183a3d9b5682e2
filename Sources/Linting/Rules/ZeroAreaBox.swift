import COCO

/// See `summary`.
struct ZeroAreaBox: AnnotationRule {
  static let kind = FaultKind.zeroAreaBox
  static let fixability = Fixability.unsafe
  static let summary = "a box with no width or height"
  static let explanation = """
    torchvision raises an error for it, other tools silently drop it, and no detection can ever \
    match it. Usually it is a slip of the mouse; the unsafe fix removes the annotation. A box of \
    one pixel whose corners are pixels counted from 1 also has no extent: see `--voc-pixels \
    one-based`.
    """
  static let examples = [
    Example.flags("no width", .example(.object(1, 20, 10, 0, 12)), fixed: .example()),
    Example.flags("a point", .example(.object(1, 20, 10, 0, 0)), fixed: .example()),
    Example.allows("a small box", .example(.object(1, 20, 10, 2, 2))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    frame.condition == .zeroArea ? frame.boxFault(of: annotation) : nil
  }
}
