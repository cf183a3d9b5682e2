import COCO

/// See `summary`.
struct PolygonTooShort: AnnotationRule {
  static let kind = FaultKind.polygonTooShort
  static let fixability = Fixability.unsafe
  static let summary = "a polygon with fewer than three corners"
  static let explanation = """
    pycocotools stops at a ring of fewer than three corners (it reads two pairs of numbers as a \
    box), and detectron2 drops it. The unsafe fix removes such rings, and the whole outline if \
    none is left.
    """
  static let examples = [
    Example.flags(
      "a line", .example(.object(1, 10, 10, 20, 12, segmentation: .ring(10, 10, 30, 22))),
      fixed: .example(.object(1, 10, 10, 20, 12))),
    Example.flags(
      "a line in addition to a triangle",
      .example(
        .object(
          1, 10, 10, 20, 20, area: 200,
          segmentation: .polygons(Polygons([[10, 10, 30, 30], [10, 10, 30, 10, 10, 30]])))),
      fixed: .example(
        .object(1, 10, 10, 20, 20, area: 200, segmentation: .ring(10, 10, 30, 10, 10, 30)))),
    Example.allows(
      "a triangle",
      .example(.object(1, 10, 10, 20, 20, area: 200, segmentation: .ring(10, 10, 30, 10, 10, 30)))),
  ]

  private static func isTooShort(_ coordinates: Int) -> Bool {
    coordinates < 6 && coordinates.isMultiple(of: 2)
  }

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard frame.outline.polygons?.hasShortRing == true,
      case .polygons(let polygons)? = annotation.segmentation
    else { return nil }
    let rings = polygons.rings
    let short = rings.first { Self.isTooShort($0.count) } ?? []
    let rest = rings.filter { !Self.isTooShort($0.count) }
    let edit = Fix.Edit.setSegmentation(rest.isEmpty ? nil : .polygons(Polygons(rest)))
    return .ring(
      coordinates: short.count,
      fix: Fix("take the ring away", isSafe: false, edits: [edit]))
  }
}
