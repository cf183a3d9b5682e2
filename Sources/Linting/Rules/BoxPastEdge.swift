import COCO

/// See `summary`.
struct BoxPastEdge: AnnotationRule {
  static let kind = FaultKind.boxPastEdge
  static let fixability = Fixability.safe
  static let summary = "a box that extends past the edge of the image"
  static let explanation = """
    What lies past the edge cannot be seen, so a model cannot learn it, and loaders differ in \
    whether they clip it. Half a pixel is allowed for rounding. The fix clips the box and the \
    outline at the edge.
    """
  static let examples = [
    Example.flags(
      "4 px past the right edge", .example(.object(1, 50, 10, 18, 12)),
      fixed: .example(.object(1, 50, 10, 14, 12))),
    Example.flags(
      "with an outline",
      .example(
        .object(1, 50, 10, 18, 12, area: 168, segmentation: .ring(50, 10, 68, 10, 68, 22, 50, 22))
      ),
      fixed: .example(
        .object(1, 50, 10, 14, 12, segmentation: .ring(50, 10, 64, 10, 64, 22, 50, 22)))),
    Example.allows("half a pixel past the edge", .example(.object(1, 50, 10, 14.5, 12))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard frame.condition == .pastEdge else { return nil }
    // The size of the image is what is wrong then, and has its finding.
    if let image = frame.image, set.isOfClaimedSize(annotation, image) { return nil }
    return frame.boxFault(of: annotation)
  }
}
