import COCO

/// See `summary`.
struct InvalidVisibility: AnnotationRule {
  static let kind = FaultKind.invalidVisibility
  static let summary = "a keypoint whose visibility is not 0, 1 or 2"
  static let explanation = """
    COCO defines three values: 0 for a keypoint that is not labelled, 1 for a hidden one, and 2 \
    for a visible one. pycocotools counts every value above 0 as labelled, trainers differ in how \
    they treat other values, and a score in its place (0.98) comes from a detector's output. The \
    number of labelled keypoints is then not checked.
    """
  static let examples = [
    Example.flags(
      "a visibility of 3",
      .example(.object(1, 10, 10, 20, 12, keypoints: [12, 12, 3], extra: ["num_keypoints": 1]))),
    Example.flags(
      "a score in its place",
      .example(
        .object(
          1, 10, 10, 20, 12, keypoints: [12, 12, 2, 14, 15, 0.98], extra: ["num_keypoints": 2]))),
    Example.allows(
      "0, 1 and 2",
      .example(
        .object(
          1, 10, 10, 20, 12, keypoints: [12, 12, 2, 14, 15, 1, 0, 0, 0],
          extra: ["num_keypoints": 2]))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard let keypoints = annotation.keypoints,
      KeypointsWrongLength.fits(keypoints.count, frame, set),
      let index = Self.first(in: keypoints)
    else { return nil }
    return fault(
      "keypoint \(index / 3 + 1) has the visibility \(keypoints[index].shortest), expected 0 (not "
        + "labelled), 1 (hidden) or 2 (visible)", .keypoints)
  }

  /// Where the first number stands that is no visibility; nil where all are. Those that are not
  /// finite are another fault.
  static func first(in keypoints: [Double]) -> Int? {
    stride(from: 2, to: keypoints.count, by: 3).first { index in
      let value = keypoints[index]
      return value.isFinite && value != 0 && value != 1 && value != 2
    }
  }
}
