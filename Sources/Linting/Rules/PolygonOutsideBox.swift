import COCO

/// See `summary`.
struct PolygonOutsideBox: AnnotationRule {
  static let kind = FaultKind.polygonOutsideBox
  static let fixability = Fixability.safe
  static let summary = "an outline that extends outside its box"
  static let explanation = """
    The box and the outline contradict each other, so detection and segmentation are trained for \
    different targets. The outline is the more exact of the two: the fix fits a new box around it. \
    `tolerance` is how far the outline may extend past the box, in pixels. Parts outside the image \
    do not count.
    """
  static let examples = [
    Example.flags(
      "6 pixels outside its box",
      .example(
        .object(
          1, 10, 10, 14, 12, area: 240, segmentation: .ring(10, 10, 30, 10, 30, 22, 10, 22))),
      fixed: .example(
        .object(1, 10, 10, 20, 12, segmentation: .ring(10, 10, 30, 10, 30, 22, 10, 22)))),
    Example.flags(
      "in a different place",
      .example(
        .object(
          1, 2, 2, 10, 12, area: 240, segmentation: .ring(10, 10, 30, 10, 30, 22, 10, 22)))),
    Example.allows(
      "inside its box",
      .example(
        .object(
          1, 9.5, 10, 20, 12, area: 240, segmentation: .ring(10, 10, 30, 10, 30, 22, 10, 22)))),
  ]

  var tolerance = 1.0

  /// Returns whether the box has a place, as even one does that is inverted or reaches past the
  /// edge.
  private static func isJudged(_ condition: BoxCondition) -> Bool {
    condition.isUsable || condition == .inverted
  }

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard Self.isJudged(frame.condition), let box = annotation.box?.sorted,
      let outline = frame.outline.polygons, !outline.hasOddRing, !outline.hasShortRing,
      outline.isFinite, var extent = outline.extent
    else { return nil }
    if frame.hasSize { extent = extent.clipped(width: frame.width, height: frame.height) }
    let excess = max(
      box.x0 - extent.x0, box.y0 - extent.y0, extent.x1 - box.x1, extent.y1 - box.y1)
    guard excess > tolerance, extent.width > 0, extent.height > 0,
      frame.outlineCondition(of: annotation) == .sound
    else { return nil }
    let fix = Fix("make the box around the outline", isSafe: true, edits: [.setBox(extent)])
    return fault(
      "the outline reaches \(excess.shortest) px out of the box \(box.cornersText)", .box,
      fix: extent.isPlain && frame.trustsOutline(of: annotation) ? fix : nil)
  }
}
