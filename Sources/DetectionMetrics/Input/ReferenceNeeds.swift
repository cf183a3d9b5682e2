import COCO
import Files

/// The fields that the reference implementation reads and a ground truth lacks: the reference would
/// stop, while this evaluation has an answer.
///
/// Sources: pycocotools 2.0.11, `COCO.createIndex`, `COCOeval._prepare` and `evaluateImg`; lvis
/// 0.5.3, `LVISEval._prepare` and `_prepare_freq_group`.
struct ReferenceNeeds {
  private(set) var findings: [Finding] = []

  init(_ truth: COCOContents, _ settings: EvaluationSettings) {
    let dataset = truth.dataset
    let annotations = dataset.annotations
    let program = settings.isFederated ? "lvis" : "pycocotools"
    tell(
      truth.unnumbered.map { annotations[$0].origin }, .missingField, "annotation", "no \"id\"",
      "\(program) stops with a KeyError")
    tell(
      truth.textNumbered.map { annotations[$0].origin }, .nonIntegerID, "annotation",
      "an \"id\" that is text", "\(program) stops with a ValueError unless it reads as a number")
    for (what, count) in truth.fieldRepairs.sorted(by: { $0.key < $1.key }) {
      findings.append(
        Finding(
          .malformedValue, severity: .warning,
          "\(what) of \(count) \(count == 1 ? "annotation" : "annotations"): \(program) stops or "
            + "gives another result", at: annotations.first(where: \.isChanged)?.origin))
    }
    if settings.isFederated {
      for key in ["neg_category_ids", "not_exhaustive_category_ids"] {
        tell(
          dataset.images.filter { $0.extra[key] == nil }.map(\.origin), .missingField, "image",
          "no \"\(key)\"", "lvis stops with a KeyError")
      }
      tell(
        dataset.categories.filter { $0.extra["frequency"] == nil }.map(\.origin), .missingField,
        "category", "no \"frequency\"", "lvis stops with a KeyError")
      return
    }
    tell(
      Self.places(annotations) { $0.pointee.isCrowd == nil }, .missingField, "annotation",
      "no \"iscrowd\", which is read as 0", "pycocotools stops with a KeyError")
    guard settings.iouType == .keypoints else { return }
    tell(
      Self.places(annotations) {
        $0.pointee.extra[RecordField.keypointCount.rawValue] == nil
      },
      .missingField, "annotation",
      "no \"\(RecordField.keypointCount.rawValue)\", which is counted",
      "pycocotools stops with a KeyError")
  }

  /// Returns the places of the annotations that lack something. They are examined in place: a
  /// million copies would take a while.
  private static func places(
    _ annotations: [Annotation], where lacks: (UnsafePointer<Annotation>) -> Bool
  ) -> [Origin?] {
    annotations.withUnsafeBufferPointer { annotations in
      guard let first = annotations.baseAddress else { return [] }
      return annotations.indices.filter { lacks(first + $0) }.map { first[$0].origin }
    }
  }

  /// One finding for all records that lack the same, at the first of them.
  private mutating func tell(
    _ places: [Origin?], _ kind: FaultKind, _ record: String, _ lack: String, _ effect: String
  ) {
    guard let first = places.first else { return }
    let plural = record == "category" ? "categories" : record + "s"
    let subject = places.count == 1 ? "1 \(record) has" : "\(places.count) \(plural) have"
    findings.append(
      Finding(kind, severity: .warning, "\(subject) \(lack): \(effect)", at: first))
  }
}

/// Whether the objects of a ground truth have as many keypoints as there are standard deviations.
enum KeypointCounts {
  /// Returns one fault for a set in which no object has the expected number of keypoints; nil if
  /// one has.
  static func fault(of dataset: Dataset, _ settings: EvaluationSettings) -> Finding? {
    guard settings.iouType == .keypoints else { return nil }
    let labelled = dataset.annotations.lazy.filter { $0.labelledKeypoints > 0 }
    let expected = settings.keypointSigmas.count
    guard let first = labelled.first, let found = first.keypoints?.count,
      !labelled.contains(where: { $0.keypoints?.count == 3 * expected })
    else { return nil }
    let count = found / 3
    return Finding(
      .keypointsWrongLength,
      "the objects have \(count) keypoints, and there are standard deviations for \(expected): "
        + "--keypoint-sigmas takes \(count) numbers, one for each", at: first.origin)
  }
}
