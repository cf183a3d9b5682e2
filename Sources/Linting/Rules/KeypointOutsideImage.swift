import COCO

/// See `summary`.
struct KeypointOutsideImage: AnnotationRule {
  static let kind = FaultKind.keypointOutsideImage
  static let summary = "a labelled keypoint that lies outside the picture"
  static let explanation = """
    Nobody can have seen it there: the coordinates are those of another size of the picture, x and y \
    are exchanged, or a place that was never set stands with a visibility above 0. A model is \
    punished for each. Keypoints of visibility 0 may be anywhere. `tolerance` is how far past the \
    edge one may be, in pixels.
    """
  static let examples = [
    Example.flags(
      "below the picture",
      .example(.object(1, 10, 10, 20, 12, keypoints: [12, 90, 2], extra: ["num_keypoints": 1]))),
    Example.allows(
      "not labelled",
      .example(
        .object(
          1, 10, 10, 20, 12, keypoints: [12, 12, 2, -5, 900, 0], extra: ["num_keypoints": 1]))),
    Example.allows(
      "at the edge",
      .example(.object(1, 44, 10, 20, 12, keypoints: [64.5, 12, 1], extra: ["num_keypoints": 1]))),
  ]

  var tolerance = 1.0

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard frame.hasSize, frame.condition != .outside, let keypoints = annotation.keypoints,
      KeypointsWrongLength.fits(keypoints.count, frame, set)
    else { return nil }
    return KeypointCondition.outsideFault(
      of: keypoints, width: frame.width, height: frame.height, tolerance: tolerance)
  }
}
