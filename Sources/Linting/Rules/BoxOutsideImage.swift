import COCO

/// See `summary`.
struct BoxOutsideImage: AnnotationRule {
  static let kind = FaultKind.boxOutsideImage
  static let fixability = Fixability.unsafe
  static let summary = "a box that lies entirely outside the image"
  static let explanation = """
    None of the object is visible, so a model is penalised for not finding it. Usual causes are \
    boxes that belong to another image or to another size of this one, and swapped coordinates. \
    The unsafe fix removes the annotation.
    """
  static let examples = [
    Example.flags(
      "to the right of the image", .example(.object(1, 70, 10, 12, 12)), fixed: .example()),
    Example.flags("above the image", .example(.object(1, 10, -20, 12, 12)), fixed: .example()),
    Example.allows("partly inside the image", .example(.object(1, 63.7, 10, 0.6, 12))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard frame.condition == .outside else { return nil }
    // The size of the image is what is wrong then, and has its finding.
    if let image = frame.image, set.isOfClaimedSize(annotation, image) { return nil }
    return frame.boxFault(of: annotation)
  }
}
