import COCO

/// See `summary`.
struct NonFiniteValue: AnnotationRule {
  static let severity = Finding.Severity.error
  static let fixability = Fixability.unsafe
  static let summary = "an outline, keypoint or area with NaN or infinity in it"
  static let explanation = """
    Masks cannot be drawn from such an outline and losses become NaN from such keypoints. The unsafe \
    fix takes the outline away, for keypoints the whole annotation; an area is worked out anew.
    """
  static let examples = [
    Example.flags(
      "a corner that is none",
      .example(.object(1, 4, 5, 9, 9, segmentation: .ring(4, 5, 13, 5, .nan, 14))),
      mended: .example(.object(1, 4, 5, 9, 9))),
    Example.flags(
      "a keypoint that is none",
      .example(.object(1, 4, 5, 9, 9, keypoints: [5, .infinity, 2])), mended: .example()),
    Example.flags(
      "an area that is none", .example(.object(1, 4, 5, 9, 9, area: .nan)),
      mended: .example(.object(1, 4, 5, 9, 9))),
    Example.allows(
      "finite numbers", .example(.object(1, 4, 5, 9, 9, keypoints: [5, 6, 2]))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    if frame.outline.polygons?.isFinite == false,
      case .polygons(let polygons)? = annotation.segmentation
    {
      let corner = polygons.rings.joined().first { !$0.isFinite } ?? .nan
      return Fault(
        "expected finite corners, found \(corner.shortest)", .segmentation,
        fix: Fix("take the outline away", isSafe: false, edits: [.setSegmentation(nil)]))
    }
    if let value = annotation.keypoints?.first(where: { !$0.isFinite }) {
      return Fault(
        "expected finite keypoints, found \(value.shortest)", .keypoints,
        fix: Fix("take the annotation away", isSafe: false, edits: [.remove]))
    }
    guard let area = annotation.area, !area.isFinite, frame.condition != .nonFinite else {
      return nil
    }
    let expected = annotation.expectedArea(in: frame)
    let fix = expected.flatMap { expected in
      expected.isFinite
        ? Fix("set it to \(expected.shortest)", isSafe: false, edits: [.setArea(expected)]) : nil
    }
    return Fault("expected a finite area, found \(area.shortest)", .area, fix: fix)
  }
}
