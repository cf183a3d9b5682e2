import COCO

/// See `summary`.
struct MissingKeypointCount: AnnotationRule {
  static let kind = FaultKind.missingKeypointCount
  static let fixability = Fixability.safe
  static let summary = "keypoints with no num_keypoints"
  static let explanation = """
    pycocotools stops with a KeyError when it evaluates keypoints. The fix counts the keypoints \
    whose visibility is above 0.
    """
  static let examples = [
    Example.flags(
      "no num_keypoints",
      .example(.object(1, 10, 10, 20, 12, keypoints: [12, 12, 2, 0, 0, 0])),
      fixed: .example(
        .object(
          1, 10, 10, 20, 12, keypoints: [12, 12, 2, 0, 0, 0], extra: ["num_keypoints": 1]))),
    Example.allows(
      "keypoints with num_keypoints",
      .example(.object(1, 10, 10, 20, 12, keypoints: [12, 12, 2], extra: ["num_keypoints": 1]))),
    Example.allows("no keypoints", .example(.object(1, 10, 10, 20, 12))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard let keypoints = annotation.keypoints, !keypoints.isEmpty,
      KeypointsWrongLength.fits(keypoints.count, frame, set), keypoints.allSatisfy(\.isFinite)
    else { return nil }
    let message: String
    switch annotation.extra["num_keypoints"] {
    case .integer?: return nil
    case nil, .null?: message = "the annotation has keypoints and no num_keypoints"
    default: message = "num_keypoints: expected a whole number, found another value"
    }
    // What is counted must be sound.
    guard InvalidVisibility.first(in: keypoints) == nil else {
      return fault(message, .keypointCount)
    }
    let labelled = stride(from: 2, to: keypoints.count, by: 3).count { keypoints[$0] > 0 }
    return fault(
      message, .keypointCount,
      fix: Fix("set it to \(labelled)", isSafe: true, edits: [.setKeypointCount(labelled)]))
  }
}
