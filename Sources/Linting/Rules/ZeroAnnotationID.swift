import COCO

/// See `summary`.
struct ZeroAnnotationID: AnnotationRule {
  static let kind = FaultKind.zeroAnnotationID
  static let fixability = Fixability.safe
  static let summary = "an annotation with the id 0"
  static let explanation = """
    pycocotools marks a matched object by its id, so the id 0 reads as "not matched": a perfect \
    detection of this object counts as missed, and the metric silently drops. The fix gives the \
    annotation the next id above the highest in use.
    """
  static let examples = [
    Example.flags(
      "numbered from 0", .example(.object(0, 2, 2, 9, 9), .object(1, 30, 20, 12, 8)),
      fixed: .example(.object(2, 2, 2, 9, 9), .object(1, 30, 20, 12, 8))),
    Example.allows("numbered from 1", .example(.object(1, 2, 2, 9, 9))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    // Of several the first has the fault; the others have the first one's id.
    guard annotation.id == 0, set.annotationIndex.position(of: 0) == frame.index else { return nil }
    var ids = set.freeAnnotationIDs
    let free = ids.take()
    return fault(
      "pycocotools takes the id 0 for \"not matched\"", .id,
      fix: Fix("give it the id \(free)", isSafe: true, edits: [.setID(free)]))
  }
}
