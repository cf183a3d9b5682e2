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
    let outside = stride(from: 0, to: keypoints.count - 2, by: 3).filter { index in
      keypoints[index + 2] > 0 && isOutside(keypoints[index], keypoints[index + 1], frame)
    }
    guard let first = outside.first else { return nil }
    let more = outside.count > 1 ? ", and \(outside.count - 1) more" : ""
    return fault(
      "keypoint \(first / 3 + 1) at \(keypoints[first].shortest) \(keypoints[first + 1].shortest) "
        + "lies outside the picture of \(frame.sizeText)\(more)", .keypoints)
  }

  private func isOutside(_ x: Double, _ y: Double, _ frame: Frame) -> Bool {
    guard x.isFinite, y.isFinite else { return false }
    return max(-x, -y, x - frame.width, y - frame.height) > tolerance
  }
}
