import COCO

/// See `summary`.
struct NonFiniteBox: AnnotationRule {
  static let kind = FaultKind.nonFiniteBox
  static let fixability = Fixability.unsafe
  static let summary = "a box with NaN or infinity in it"
  static let explanation = """
    One such number makes the loss NaN, and from the next step on every weight of the model. \
    Nothing says where the box was meant to be, so the unsafe fix takes the annotation away.
    """
  static let examples = [
    Example.flags("a number that is none", .example(.object(1, .nan, 5, 9, 9)), mended: .example()),
    Example.flags(
      "a width without end", .example(.object(1, 4, 5, .infinity, 9)), mended: .example()),
    Example.allows("finite numbers", .example(.object(1, 4, 5, 9, 9))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    frame.condition == .nonFinite ? frame.boxFault(of: annotation) : nil
  }
}
