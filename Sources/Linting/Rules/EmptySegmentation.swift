import COCO

/// See `summary`.
struct EmptySegmentation: AnnotationRule, DatasetRule {
  static let kind = FaultKind.emptySegmentation
  static let scope = RuleScope.facts
  static let summary = "an object with no outline in a set that has outlines"
  static let explanation = """
    A mask model would learn such an object as one without pixels. With an empty list of polygons, \
    torchvision's reference crashes, because it makes a mask from the first ring; detectron2 loads \
    the object with its box and without a mask. Empty lists are checked only in sets in which some \
    annotation has an outline; a set of boxes alone may have them. If nearly all annotations have \
    one (`share` of those with a `segmentation`, of at least 10), a single finding covers them.
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
    Example.flags("mostly empty lists", mostlyEmpty),
    Example.allows(
      "a set with only boxes",
      .example(.object(1, 10, 10, 20, 12, segmentation: .polygons(Polygons([]))))),
  ]

  /// A dataset of nine objects with an empty list and one with an outline.
  private static let mostlyEmpty: Dataset = {
    var set = Dataset.counted([10])
    for index in set.annotations.indices {
      set.annotations[index].segmentation = .polygons(Polygons([]))
    }
    let box = set.annotations[9].box?.sorted ?? Box(x: 4, y: 4, width: 12, height: 9)
    set.annotations[9].segmentation = .ring(
      box.x0, box.y0, box.x1, box.y0, box.x1, box.y1, box.x0, box.y1)
    return set
  }()

  var share = 0.8
  private static let fewest = 10

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    switch frame.outline {
    case .polygons(let outline):
      guard outline.rings == 0, set.outlines.present > 0, !isMostlyEmpty(set) else { return nil }
      return fault("expected an outline as others have, found an empty list", .segmentation)
    case .mask: return annotation.segmentation?.mask?.emptyFault
    case .none: return nil
    }
  }

  func check(_ set: DatasetView, into faults: inout Faults) {
    guard isMostlyEmpty(set), let first = set.outlines.firstEmpty else { return }
    let outlines = set.outlines
    faults.add(
      fault(
        "\(outlines.empty) of \(outlines.empty + outlines.present) annotations have an empty list "
          + "where the others have an outline; this is the first", .segmentation),
      first, of: set)
  }

  private func isMostlyEmpty(_ set: DatasetView) -> Bool {
    let (empty, present) = (set.outlines.empty, set.outlines.present)
    return present > 0 && empty + present >= Self.fewest
      && Double(empty) >= share * Double(empty + present)
  }
}
