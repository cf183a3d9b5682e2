import COCO

/// See `summary`.
struct NonFiniteValue: AnnotationRule {
  static let severity = Finding.Severity.error
  static let fixability = Fixability.unsafe
  static let summary = "NaN or infinity among an annotation's numbers, its box apart"
  static let explanation = """
    JSON has no such numbers, so that strict readers refuse the whole file; those that take them get \
    losses and metrics that are NaN in turn. It comes of a division by a size of 0 or of an \
    augmentation that went wrong. The fix takes the box's area for one that is not finite, takes an \
    outline away, and an annotation whose keypoints cannot be placed.
    """
  static let examples = [
    Example.flags(
      "an area of infinity", .example(.object(1, 2, 2, 9, 9, area: .infinity)),
      mended: .example(.object(1, 2, 2, 9, 9))),
    Example.flags(
      "a corner without x",
      .example(.object(1, 2, 2, 9, 9, segmentation: .ring(2, 2, .nan, 2, 11, 11))),
      mended: .example(.object(1, 2, 2, 9, 9))),
    Example.flags(
      "a keypoint without y", .example(.object(1, 2, 2, 9, 9, keypoints: [5, .nan, 2])),
      mended: .example()),
    Example.allows(
      "numbers", .example(.object(1, 2, 2, 9, 9, segmentation: .ring(2, 2, 11, 2, 11, 11, 2, 11)))
    ),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    // A box that is not finite is a fault of its own, and its area follows from it.
    if frame.condition == .nonFinite { return nil }
    if let area = annotation.area, !area.isFinite {
      let fix = annotation.box.map {
        Fix("take the box's area", isSafe: false, edits: [.setArea($0.area)])
      }
      return Fault("expected a finite area, found \(area.shortest)", .area, fix: fix)
    }
    if let value = annotation.keypoints?.first(where: { !$0.isFinite }) {
      let fix = Fix("take the annotation out", isSafe: false, edits: [.remove])
      return Fault("expected finite keypoints, found \(value.shortest)", .keypoints, fix: fix)
    }
    guard case .polygons(let polygons)? = annotation.segmentation, !polygons.isFinite else {
      return nil
    }
    let culprit = polygons.rings.joined().first { !$0.isFinite } ?? .nan
    let fix = Fix("take the outline away", isSafe: false, edits: [.setSegmentation(nil)])
    return Fault("expected finite corners, found \(culprit.shortest)", .segmentation, fix: fix)
  }
}
