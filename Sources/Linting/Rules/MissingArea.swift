import COCO

/// See `summary`.
struct MissingArea: AnnotationRule {
  static let kind = FaultKind.missingArea
  static let fixability = Fixability.safe
  static let summary = "an annotation with no area"
  static let explanation = """
    pycocotools stops with a KeyError. The fix writes the mask's area or, if there is no mask or \
    none can be drawn of it, the box's.
    """
  static let examples = [
    Example.flags(
      "no area", .example(.object(1, 10, 10, 20, 12, area: .some(nil))),
      fixed: .example(.object(1, 10, 10, 20, 12))),
    Example.allows("an area", .example(.object(1, 10, 10, 20, 12))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard annotation.area == nil, annotation.categoryID != nil else { return nil }
    // Of a box that is none there is no area; it is reported for the box.
    let isBoxed = frame.condition.isUsable || frame.condition == .outside
    guard isBoxed || frame.outline.isPresent else { return nil }
    let area = outlinedArea(of: annotation, in: frame) ?? (isBoxed ? annotation.box?.area : nil)
    let fix = area.flatMap { area in
      area.isFinite
        ? Fix("set it to \(area.shortest)", isSafe: true, edits: [.setArea(area)]) : nil
    }
    return fault("the annotation has no area", .area, fix: set.boxReading == nil ? fix : nil)
  }

  /// Returns the area that `area-mismatch` expects of an outline; nil if it expects none.
  private func outlinedArea(of annotation: Annotation, in frame: Frame) -> Double? {
    guard frame.outline.isPresent, frame.hasJudgedArea(annotation),
      let area = annotation.expectedArea(in: frame), area > 0
    else { return nil }
    return area
  }
}
