import COCO

/// See `summary`.
struct KeypointOutsideImage: AnnotationRule {
  static let kind = FaultKind.keypointOutsideImage
  static let summary = "a labelled keypoint outside the image"
  static let explanation = """
    Nobody can have seen it there: the coordinates belong to another size of the image, x and y \
    are swapped, or a position that was never set has a visibility above 0. A model is penalised \
    for each of them. Keypoints of visibility 0 may be anywhere. `tolerance` is the distance \
    allowed past the edge, in pixels.
    """
  static let examples = [
    Example.flags(
      "below the image",
      .example(.object(1, 10, 10, 20, 12, keypoints: [12, 90, 2], extra: ["num_keypoints": 1]))),
    Example.allows(
      "an unlabelled keypoint outside the image",
      .example(
        .object(
          1, 10, 10, 20, 12, keypoints: [12, 12, 2, -5, 900, 0], extra: ["num_keypoints": 1]))),
    Example.allows(
      "a keypoint at the edge",
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
