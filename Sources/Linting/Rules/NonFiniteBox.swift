import COCO

/// See `summary`.
struct NonFiniteBox: AnnotationRule {
  static let kind = FaultKind.nonFiniteBox
  static let fixability = Fixability.unsafe
  static let summary = "a box with NaN or infinity among its numbers"
  static let explanation = """
    One such number makes the loss NaN and, from the next step on, every weight of the model. \
    Nothing shows where the box was meant to be, so the unsafe fix removes the annotation.
    """
  static let examples = [
    Example.flags("an x that is NaN", .example(.object(1, .nan, 5, 9, 9)), fixed: .example()),
    Example.flags(
      "an infinite width", .example(.object(1, 4, 5, .infinity, 9)), fixed: .example()),
    Example.allows("finite numbers", .example(.object(1, 4, 5, 9, 9))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    frame.condition == .nonFinite ? frame.boxFault(of: annotation) : nil
  }
}
