import COCO

/// See `summary`.
struct KeypointCountMismatch: AnnotationRule {
  static let kind = FaultKind.keypointCountMismatch
  static let fixability = Fixability.safe
  static let summary = "a num_keypoints that differs from the number of labelled keypoints"
  static let explanation = """
    The keypoint metric ignores objects whose `num_keypoints` is 0 and counts the others by it. It \
    must be the number of keypoints whose visibility is above 0; the fix counts them again.
    """
  static let examples = [
    Example.flags(
      "a count of 2 with one labelled keypoint",
      .example(
        .object(
          1, 10, 10, 20, 12, keypoints: [12, 12, 2, 0, 0, 0], extra: ["num_keypoints": 2])),
      fixed: .example(
        .object(
          1, 10, 10, 20, 12, keypoints: [12, 12, 2, 0, 0, 0], extra: ["num_keypoints": 1]))),
    Example.allows(
      "a count of 1 with one labelled keypoint",
      .example(.object(1, 10, 10, 20, 12, keypoints: [12, 12, 2], extra: ["num_keypoints": 1]))
    ),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard let keypoints = annotation.keypoints,
      KeypointsWrongLength.fits(keypoints.count, frame, set),
      case .integer(let written)? = annotation.extra["num_keypoints"],
      InvalidVisibility.first(in: keypoints) == nil
    else { return nil }
    let labelled = stride(from: 2, to: keypoints.count, by: 3).count { keypoints[$0] > 0 }
    guard written != labelled else { return nil }
    return fault(
      "num_keypoints is \(written), \(labelled) are labelled", .keypointCount,
      fix: Fix("set it to \(labelled)", isSafe: true, edits: [.setKeypointCount(labelled)]))
  }
}
