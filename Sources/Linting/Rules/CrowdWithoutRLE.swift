import COCO

/// See `summary`.
struct CrowdWithoutRLE: AnnotationRule {
  static let kind = FaultKind.crowdWithoutRLE
  static let summary = "a crowd whose outline is made of polygons"
  static let explanation = """
    In COCO a crowd is a region given by run lengths, and an object with polygons is a single one: \
    tools that go by the kind of outline (cocoapi's own loaders, several viewers) contradict those \
    that go by iscrowd. Either iscrowd should be 0, or the region should be run lengths. A crowd that \
    is a box only is left alone.
    """
  static let examples = [
    Example.flags(
      "polygons",
      .example(
        .object(1, 10, 10, 20, 12, isCrowd: 1, segmentation: .ring(10, 10, 30, 10, 30, 22, 10, 22)))
    ),
    Example.allows("a box only", .example(.object(1, 10, 10, 20, 12, isCrowd: 1))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard annotation.isCrowd == 1, case .polygons(let polygons)? = annotation.segmentation,
      !polygons.isEmpty
    else { return nil }
    return fault("expected run lengths for a crowd, found polygons", .segmentation)
  }
}
