import COCO

/// See `summary`.
struct CrowdWithoutRLE: AnnotationRule {
  static let kind = FaultKind.crowdWithoutRLE
  static let summary = "a crowd outlined by polygons"
  static let explanation = """
    In COCO a crowd is a region given as run lengths, and an object with polygons is a single \
    object. Tools that go by the kind of outline (cocoapi's own loaders, several viewers) \
    therefore contradict those that go by `iscrowd`. Either set `iscrowd` to 0 or give the region \
    as run lengths. A crowd with only a box is not reported.
    """
  static let examples = [
    Example.flags(
      "a crowd with polygons",
      .example(
        .object(1, 10, 10, 20, 12, isCrowd: 1, segmentation: .ring(10, 10, 30, 10, 30, 22, 10, 22)))
    ),
    Example.allows("a crowd with only a box", .example(.object(1, 10, 10, 20, 12, isCrowd: 1))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard annotation.isCrowd == 1, case .polygons(let polygons)? = annotation.segmentation,
      !polygons.isEmpty
    else { return nil }
    return fault("expected run lengths for a crowd, found polygons", .segmentation)
  }
}
