import COCO

/// See `summary`.
struct BoxOutsideImage: AnnotationRule {
  static let kind = FaultKind.boxOutsideImage
  static let fixability = Fixability.unsafe
  static let summary = "a box that lies wholly outside the picture"
  static let explanation = """
    There is nothing of it to see, so a model is punished for not finding it. Boxes of another \
    picture, of another size of this one, or swapped coordinates are the usual reasons. The unsafe \
    fix takes the annotation away.
    """
  static let examples = [
    Example.flags("right of the picture", .example(.object(1, 70, 10, 12, 12)), mended: .example()),
    Example.flags("above it", .example(.object(1, 10, -20, 12, 12)), mended: .example()),
    Example.allows("partly on it", .example(.object(1, 63.7, 10, 0.6, 12))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard frame.condition == .outside else { return nil }
    // The size of the image is what is wrong then, and has its finding.
    if let image = frame.image, set.isOfClaimedSize(annotation, image) { return nil }
    return frame.boxFault(of: annotation)
  }
}
