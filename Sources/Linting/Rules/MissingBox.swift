import COCO

/// See `summary`.
struct MissingBox: AnnotationRule {
  static let kind = FaultKind.missingBox
  static let fixability = Fixability.safe
  static let summary = "an object with an outline but no box"
  static let explanation = """
    Every loader of detection data reads `bbox`; pycocotools stops with a KeyError. The fix \
    creates the box around the outline, unless the outline or the boxes of the whole set are \
    faulty.
    """
  static let examples = [
    Example.flags(
      "only an outline", .example(outlined(box: nil)),
      fixed: .example(outlined(box: Box(x: 10, y: 10, width: 20, height: 12)))),
    Example.allows(
      "an outline and a box", .example(outlined(box: Box(x: 10, y: 10, width: 20, height: 12)))),
  ]

  private static func outlined(box: Box?) -> Annotation {
    Annotation(
      id: 1, imageID: 1, categoryID: 1, box: box, area: 240,
      segmentation: .ring(10, 10, 30, 10, 30, 22, 10, 22))
  }

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard frame.condition == .absent, annotation.categoryID != nil, frame.outline.isPresent else {
      return nil
    }
    let fix = annotation.outlineExtent.flatMap { extent in
      let box =
        frame.hasSize ? extent.clipped(width: frame.width, height: frame.height) : extent
      guard box.isPlain else { return nil as Fix? }
      return Fix("make the box around the outline", isSafe: true, edits: [.setBox(box)])
    }
    return fault(
      "the annotation has an outline and no bbox", .box,
      fix: set.boxReading == nil && frame.trustsOutline(of: annotation) ? fix : nil)
  }
}
