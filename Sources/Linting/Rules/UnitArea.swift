import COCO

/// See `summary`.
struct UnitArea: AnnotationRule {
  static let kind = FaultKind.unitArea
  static let fixability = Fixability.both
  static let summary = "an area of 0 or 1, as all objects of the set have it"
  static let explanation = """
    A tool that needed some number wrote the same one everywhere. The COCO metric then takes every \
    object for a small one, and the similarity of keypoints, which is measured against the area, is 0 \
    however near they are. The fix writes the area of the mask; where there is no mask, the unsafe fix \
    writes the box's, which is larger than the object. Where other objects have an area of their own, \
    a wrong one is the matter of `area-mismatch`.
    """
  static let examples = [
    Example.flags(
      "1 everywhere",
      .example(.object(1, 2, 2, 20, 12, area: 1), .object(2, 30, 20, 12, 9, area: 1)),
      mended: .example(.object(1, 2, 2, 20, 12), .object(2, 30, 20, 12, 9))),
    Example.allows(
      "an area of their own",
      .example(.object(1, 2, 2, 20, 12, area: 130), .object(2, 30, 20, 12, 9, area: 70))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard set.hasUnitAreas, let area = annotation.area else { return nil }
    let isMask = frame.trustsOutline(of: annotation)
    let expected = isMask ? annotation.expectedArea(in: frame) : annotation.box?.area
    guard let expected, expected > 0, expected.isFinite else { return nil }
    return fault(
      "area is \(area.shortest) as everywhere in the set, \(isMask ? "the mask" : "the box") has "
        + expected.shortest, .area,
      fix: Fix("set it to \(expected.shortest)", isSafe: isMask, edits: [.setArea(expected)]))
  }
}
