import COCO

/// See `summary`.
struct EmptySegmentation: AnnotationRule {
  static let kind = FaultKind.emptySegmentation
  static let summary = "an object without outline where others have one"
  static let explanation = """
    An empty list of polygons or a mask without pixels: mask models get an object that is not there, \
    and detectron2 drops it. A set in which no annotation has an outline holds boxes only, and is \
    left alone.
    """
  static let examples = [
    Example.flags(
      "an empty list beside an outline",
      .example(
        .object(1, 10, 10, 20, 12, segmentation: .polygons(Polygons([]))),
        .object(2, 40, 10, 9, 9, segmentation: .ring(40, 10, 49, 10, 49, 19, 40, 19)))),
    Example.flags(
      "a mask without pixels",
      .example(
        .object(
          1, 10, 10, 20, 12,
          segmentation: .runLengths(RunLengthMask(height: 48, width: 64, counts: [3072]))))),
    Example.allows(
      "boxes only", .example(.object(1, 10, 10, 20, 12, segmentation: .polygons(Polygons([]))))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    switch frame.outline {
    case .polygons(let outline):
      guard outline.rings == 0, set.hasOutlines else { return nil }
      return fault("expected an outline as others have, found an empty list", .segmentation)
    case .mask: return annotation.segmentation?.mask?.emptyFault
    case .none: return nil
    }
  }
}
