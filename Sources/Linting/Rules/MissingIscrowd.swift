import COCO

/// See `summary`.
struct MissingIscrowd: AnnotationRule {
  static let kind = FaultKind.missingIscrowd
  static let fixability = Fixability.safe
  static let summary = "an annotation with no iscrowd"
  static let explanation = """
    pycocotools stops with a KeyError. Nearly all annotations are single objects, and readers that \
    do not stop treat them as such: the fix writes 0.
    """
  static let examples = [
    Example.flags(
      "no iscrowd", .example(.object(1, 10, 10, 20, 12, isCrowd: nil)),
      fixed: .example(.object(1, 10, 10, 20, 12))),
    Example.allows("a crowd with iscrowd 1", .example(.object(1, 10, 10, 20, 12, isCrowd: 1))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard annotation.isCrowd == nil, annotation.categoryID != nil else { return nil }
    return fault(
      "the annotation has no iscrowd", .isCrowd,
      fix: Fix("set it to 0", isSafe: true, edits: [.setCrowd(0)]))
  }
}
