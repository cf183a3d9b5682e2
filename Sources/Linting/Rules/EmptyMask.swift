import COCO

/// See `summary`.
struct EmptyMask: AnnotationRule {
  static let kind = FaultKind.emptyMask
  static let summary = "an outline that covers no pixel of its image"
  static let explanation = """
    The corners lie on one line, at one point, or outside the image: drawn as pycocotools draws \
    it, the mask is empty, and a mask model learns that the object is not there. Usual causes are \
    corners taken from another image, a lost minus sign, and run lengths written as a polygon. No \
    other value of the annotation is derived from such an outline. Objects under two pixels are \
    reported as `tiny-box`, and an outline that lies outside the image together with its box as \
    `box-outside-image`.
    """
  static let examples = [
    Example.flags(
      "corners on one line",
      .example(.object(1, 10, 10, 20, 12, segmentation: .ring(10, 10, 20, 16, 30, 22)))),
    Example.flags(
      "one point repeated four times",
      .example(.object(1, 10, 10, 20, 12, segmentation: .ring(10, 10, 10, 10, 10, 10, 10, 10)))),
    Example.flags(
      "outside the image, with the box inside",
      .example(
        .object(1, 10, 10, 20, 12, segmentation: .ring(-10, -10, -30, -10, -30, -22, -10, -22)))),
    Example.allows(
      "a thin object",
      .example(.object(1, 10, 10, 20, 2, segmentation: .ring(10, 10, 30, 10, 30, 12, 10, 12)))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard isJudged(annotation, frame),
      frame.outlineCondition(of: annotation) == .coversNothing,
      let extent = annotation.outlineExtent
    else { return nil }
    let isOutside = BoxCondition(extent, width: frame.width, height: frame.height) == .outside
    let reason =
      isOutside && frame.hasSize
      ? "it lies outside the image of \(frame.sizeText)" : "its corners enclose nothing"
    return fault(
      "the outline from \(extent.cornersText) covers no pixel: \(reason)", .segmentation)
  }

  /// Returns whether the box has no fault that explains the outline.
  private func isJudged(_ annotation: Annotation, _ frame: Frame) -> Bool {
    switch frame.condition {
    case .absent, .pastEdge, .inverted: true
    case .sound: annotation.box.map { min($0.width, $0.height) >= TinyBox().side } ?? true
    case .nonFinite, .zeroArea, .outside: false
    }
  }
}
