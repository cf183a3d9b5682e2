import COCO

/// See `summary`.
struct BadIscrowd: AnnotationRule {
  static let kind = FaultKind.badIscrowd
  static let fixability = Fixability.safe
  static let summary = "an iscrowd that is neither 0 nor 1"
  static let explanation = """
    pycocotools treats any value other than 0 as a crowd, which evaluation ignores; other readers \
    compare with 1 and treat the annotation as an ordinary object. The fix writes 1, which is how \
    the metric reads it; `true` and `false` become 1 and 0.
    """
  static let examples = [
    Example.flags(
      "2", .example(.object(1, 10, 10, 20, 12, isCrowd: 2)),
      fixed: .example(.object(1, 10, 10, 20, 12, isCrowd: 1))),
    Example.allows("1", .example(.object(1, 10, 10, 20, 12, isCrowd: 1))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard let crowd = annotation.isCrowd, crowd != 0, crowd != 1 else { return nil }
    return fault(
      "expected 0 or 1, found \(crowd)", .isCrowd,
      fix: Fix("set it to 1", isSafe: true, edits: [.setCrowd(1)]))
  }
}
