import COCO

/// See `summary`.
struct OddPolygon: AnnotationRule {
  static let kind = FaultKind.oddPolygon
  static let summary = "a polygon with an odd number of coordinates"
  static let explanation = """
    Corners are pairs of x and y; if one number is missing, x and y are swapped in all corners \
    after it, and pycocotools silently draws a different shape. Nothing shows which number is \
    missing, so there is no fix.
    """
  static let examples = [
    Example.flags(
      "7 numbers",
      .example(.object(1, 10, 10, 20, 12, segmentation: .ring(10, 10, 30, 10, 30, 22, 10)))),
    Example.allows(
      "8 numbers",
      .example(.object(1, 10, 10, 20, 12, segmentation: .ring(10, 10, 30, 10, 30, 22, 10, 22)))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard frame.outline.polygons?.hasOddRing == true,
      case .polygons(let polygons)? = annotation.segmentation,
      let odd = polygons.rings.first(where: { !$0.count.isMultiple(of: 2) })
    else { return nil }
    return .ring(coordinates: odd.count)
  }
}
