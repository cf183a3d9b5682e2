import COCO

/// See `summary`.
struct NonFiniteBox: AnnotationRule {
  static let severity = Finding.Severity.error
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
    guard frame.condition == .nonFinite, let box = annotation.box else { return nil }
    return Fault(
      "expected finite numbers, found \(box.extentsText)", .box,
      fix: Fix("take the annotation away", isSafe: false, edits: [.remove]))
  }
}
