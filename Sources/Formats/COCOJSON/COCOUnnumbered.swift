import COCO

/// Annotations of a COCO file that have no id of their own, which pycocotools needs.
///
/// They were given numbers when they were read. Those tell them from others once the review has
/// taken some away.
struct COCOUnnumbered {
  private let ids: Set<Int>

  init(_ contents: COCOContents) {
    ids = Set(contents.unnumbered.map { contents.dataset.annotations[$0].id })
  }

  /// Reports those that are in `dataset`, which comes at `index` among the splits.
  func report(in dataset: Dataset, at index: Int, to imported: inout Imported) {
    guard !ids.isEmpty else { return }
    for (position, annotation) in dataset.annotations.enumerated()
    where ids.contains(annotation.id) {
      let fix = Fix(
        "give it the id \(annotation.id)", isSafe: true, edits: [.setID(annotation.id)])
      imported.findings.append(
        Finding(
          .missingField, severity: .warning, "the annotation has no \"id\"", at: annotation.origin,
          record: RecordReference(.annotation, position, dataset: index), field: .id,
          fixes: [fix]))
    }
  }
}
