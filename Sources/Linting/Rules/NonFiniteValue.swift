import COCO

/// See `summary`.
struct NonFiniteValue: AnnotationRule {
  static let kind = FaultKind.nonFiniteValue
  static let fixability = Fixability.unsafe
  static let summary = "an outline, keypoint or area with NaN or infinity"
  static let explanation = """
    No mask can be drawn from such an outline, and such keypoints make the loss NaN. The unsafe \
    fix removes the outline, or the whole annotation if keypoints are affected; an area is \
    recomputed.
    """
  static let examples = [
    Example.flags(
      "a corner that is NaN",
      .example(.object(1, 4, 5, 9, 9, segmentation: .ring(4, 5, 13, 5, .nan, 14))),
      fixed: .example(.object(1, 4, 5, 9, 9))),
    Example.flags(
      "an infinite keypoint",
      .example(.object(1, 4, 5, 9, 9, keypoints: [5, .infinity, 2])), fixed: .example()),
    Example.flags(
      "an area that is NaN", .example(.object(1, 4, 5, 9, 9, area: .nan)),
      fixed: .example(.object(1, 4, 5, 9, 9))),
    Example.allows(
      "finite numbers", .example(.object(1, 4, 5, 9, 9, keypoints: [5, 6, 2]))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard
      let fault = withUnsafePointer(
        to: annotation,
        {
          Annotation.nonFiniteValue(in: $0, expectedArea: annotation.expectedArea(in: frame))
        })
    else { return nil }
    // The area of a box that is not finite is the matter of that box.
    return fault.field == .area && frame.condition == .nonFinite ? nil : fault
  }
}
