import COCO

/// See `summary`.
struct DuplicateAnnotationID: DatasetRule {
  static let kind = FaultKind.duplicateAnnotationID
  static let scope = RuleScope.ids
  static let fixability = Fixability.safe
  static let summary = "an annotation with the same id as another"
  static let explanation = """
    pycocotools indexes annotations by id: of two that share one, the first is silently lost, and \
    detectron2 stops. Nothing refers to an annotation's id, so the fix gives the second the next \
    id above the highest in use.
    """
  static let examples = [
    Example.flags(
      "two annotations with the id 7", .example(.object(7, 2, 2, 9, 9), .object(7, 30, 20, 12, 8)),
      fixed: .example(.object(7, 2, 2, 9, 9), .object(8, 30, 20, 12, 8))),
    Example.allows(
      "distinct ids, with a gap",
      .example(.object(1, 2, 2, 9, 9), .object(7, 30, 20, 12, 8))),
  ]

  func check(_ set: DatasetView, into faults: inout Faults) {
    guard !set.annotationIndex.repeated.isEmpty else { return }
    var ids = set.freeAnnotationIDs
    // An id of 0 takes the first free number, by its own rule.
    if set.annotationIndex.position(of: 0) != nil { _ = ids.take() }
    for index in set.annotationIndex.repeated {
      let id = set.dataset.annotations[index].id
      let free = ids.take()
      let fix = Fix("give it the id \(free)", isSafe: true, edits: [.setID(free)])
      faults.add(
        .duplicateAnnotationID(id, fix: fix), annotation: index, of: set)
    }
  }
}
