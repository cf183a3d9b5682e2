import COCO

/// See `summary`.
struct UnitArea: AnnotationRule {
  static let kind = FaultKind.unitArea
  static let fixability = Fixability.both
  static let summary = "an area of 0 or 1 in a set where every area is 0 or 1"
  static let explanation = """
    A tool that needed some number wrote the same one everywhere. The COCO metric then counts \
    every object as small, and the similarity of keypoints, which is measured relative to the \
    area, is 0 however close they are. The safe fix writes the area of the mask; if there is no \
    mask, the unsafe fix writes the box's, which is larger than the object. In a set where other \
    objects have real areas, a wrong one is reported as `area-mismatch`.
    """
  static let examples = [
    Example.flags(
      "1 everywhere",
      .example(.object(1, 2, 2, 20, 12, area: 1), .object(2, 30, 20, 12, 9, area: 1)),
      fixed: .example(.object(1, 2, 2, 20, 12), .object(2, 30, 20, 12, 9))),
    Example.allows(
      "real areas",
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
