import COCO

/// See `summary`.
struct AreaMismatch: AnnotationRule {
  static let kind = FaultKind.areaMismatch
  static let fixability = Fixability.safe
  static let summary = "an area that differs from the mask's or exceeds the box's"
  static let explanation = """
    The COCO metric sorts objects into small, medium and large by this number. If there is an \
    outline, the area must be what it encloses; otherwise it must be above 0 and no larger than \
    the box (a smaller area may come from a mask that was left out). Crowds, which the metric \
    ignores, are not checked: those of the published COCO differ. The fix recomputes the area, \
    unless the outline itself is faulty. If every area in a set is 0 or 1, see `unit-area`. \
    `tolerance` is the fraction by which the area may differ, in addition to one square pixel.
    """
  static let examples = [
    Example.flags(
      "larger than the box", .example(.object(1, 10, 10, 20, 12, area: 900)),
      fixed: .example(.object(1, 10, 10, 20, 12))),
    Example.flags(
      "the box's area for a triangular mask",
      .example(.object(1, 10, 10, 20, 20, segmentation: .ring(10, 10, 30, 10, 10, 30))),
      fixed: .example(
        .object(1, 10, 10, 20, 20, area: 190, segmentation: .ring(10, 10, 30, 10, 10, 30)))),
    Example.allows(
      "the mask's area",
      .example(
        .object(1, 10, 10, 20, 20, area: 200, segmentation: .ring(10, 10, 30, 10, 10, 30)))),
    Example.allows(
      "smaller than the box, with no mask", .example(.object(1, 10, 10, 20, 12, area: 130))),
  ]

  var tolerance = 0.02

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard let area = annotation.area, area.isFinite, !set.hasUnitAreas,
      annotation.isCrowd != 1, frame.hasJudgedArea(annotation)
    else { return nil }
    // Drawing the mask takes long; what the rings enclose is nearly always near enough.
    if let polygons = frame.outline.polygons, polygons.rings > 0,
      isNear(area, polygons.enclosedArea)
    {
      return nil
    }
    guard let expected = annotation.expectedArea(in: frame),
      expected > 0
    else { return nil }
    let isSound =
      frame.outline.isPresent
      ? isNear(area, expected) : area > 0 && (area < expected || isNear(area, expected))
    if isSound { return nil }
    let whose = frame.outline.isPresent ? "the mask" : "the box"
    let fix = Fix("set it to \(expected.shortest)", isSafe: true, edits: [.setArea(expected)])
    let isTrusted = !frame.outline.isPresent || frame.trustsOutline(of: annotation)
    return fault(
      "area is \(area.shortest), \(whose) has \(expected.shortest)", .area,
      fix: isTrusted ? fix : nil)
  }

  private func isNear(_ area: Double, _ expected: Double) -> Bool {
    abs(area - expected) <= 1 + tolerance * expected
  }
}

extension Frame {
  /// Returns whether an area can be held against the annotation's shape: it has no graver fault.
  func hasJudgedArea(_ annotation: Annotation) -> Bool {
    switch outline {
    case .polygons(let outline) where outline.rings == 0: return condition.isUsable
    case .polygons(let outline):
      return outline.isFinite && !outline.hasOddRing && !outline.hasShortRing
    case .mask: return !hasSize || annotation.hasMask(of: self)
    case .none: return condition.isUsable
    }
  }
}

extension Annotation {
  /// Returns whether the outline is a mask as large as the image.
  fileprivate func hasMask(of frame: Frame) -> Bool {
    switch segmentation {
    case .runLengths(let mask)?, .compressedRunLengths(let mask)?:
      Double(mask.height) == frame.height && Double(mask.width) == frame.width
    case .polygons?, nil: false
    }
  }
}
