import COCO

/// See `summary`.
struct MissingArea: AnnotationRule {
  static let kind = FaultKind.missingArea
  static let fixability = Fixability.safe
  static let summary = "an annotation without area"
  static let explanation = """
    pycocotools stops with a KeyError. The fix writes the mask's area, where there is no mask the \
    box's.
    """
  static let examples = [
    Example.flags(
      "no area", .example(.object(1, 10, 10, 20, 12, area: .some(nil))),
      mended: .example(.object(1, 10, 10, 20, 12))),
    Example.allows("an area", .example(.object(1, 10, 10, 20, 12))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard annotation.area == nil, annotation.categoryID != nil else { return nil }
    // Of a box that is none there is no area; it is reported for the box.
    guard frame.condition.isUsable || frame.condition == .outside || frame.outline.isPresent,
      let area = annotation.expectedArea(in: frame), area.isFinite
    else { return nil }
    return fault(
      "the annotation has no area", .area,
      fix: Fix("set it to \(area.shortest)", isSafe: true, edits: [.setArea(area)]))
  }
}
