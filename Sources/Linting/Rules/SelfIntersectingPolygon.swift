import COCO

/// See `summary`.
struct SelfIntersectingPolygon: AnnotationRule {
  static let kind = FaultKind.selfIntersectingPolygon
  static let summary = "a polygon whose edges cross"
  static let explanation = """
    The area that such a ring encloses depends on the program that draws it: by the even-odd rule, \
    as in pycocotools, parts that are covered twice are holes. The usual cause is corners in the \
    wrong order. Edges that only touch are not reported.
    """
  static let examples = [
    Example.flags(
      "an hourglass",
      .example(
        .object(1, 10, 10, 20, 20, area: 200, segmentation: .ring(10, 10, 30, 30, 30, 10, 10, 30)))
    ),
    Example.allows(
      "a notch",
      .example(
        .object(
          1, 10, 10, 20, 20, area: 300, segmentation: .ring(10, 10, 30, 10, 30, 30, 20, 20, 10, 30))
      )
    ),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard case .polygons(let polygons)? = annotation.segmentation else { return nil }
    var crossing: (ring: Int, edges: (Int, Int))?
    var ring = 0
    polygons.forEachRing { corners in
      if crossing == nil, corners.count.isMultiple(of: 2),
        let edges = RingCrossing.first(in: corners)
      {
        crossing = (ring, edges)
      }
      ring += 1
    }
    // What covers nothing is reported for that.
    guard let crossing, frame.outlineCondition(of: annotation) != .coversNothing else { return nil }
    let which = ring > 1 ? " of ring \(crossing.ring + 1)" : ""
    return fault(
      "the edges from corners \(crossing.edges.0 + 1) and \(crossing.edges.1 + 1)\(which) cross",
      .segmentation)
  }
}
