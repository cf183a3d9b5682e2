import COCO

/// See `summary`.
struct KeypointsWrongLength: AnnotationRule {
  static let kind = FaultKind.keypointsWrongLength
  static let summary = "a keypoint list that is not three numbers per keypoint of the category"
  static let explanation = """
    Each keypoint is x, y and visibility, in the order of the category's list. With any other \
    length, loaders raise an error while reshaping or take one keypoint for another.
    """
  static let examples = [
    Example.flags(
      "5 numbers", .example(.object(1, 10, 10, 20, 12, keypoints: [12, 12, 2, 15, 15]))),
    Example.flags(
      "one keypoint of two",
      .example(.object(1, 10, 10, 20, 12, keypoints: [12, 12, 2]), categories: twoKeypoints)),
    Example.allows(
      "both keypoints",
      .example(
        .object(1, 10, 10, 20, 12, keypoints: [12, 12, 2, 0, 0, 0]), categories: twoKeypoints)),
  ]
  private static let twoKeypoints: [Category] = [
    .example(1, "crab", extra: ["keypoints": ["left claw", "right claw"]])
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    annotation.keypoints.flatMap {
      KeypointCondition.lengthFault($0.count, expected: Self.expected(frame, set))
    }
  }

  /// Whether so many numbers are right for the annotation's category.
  static func fits(_ count: Int, _ frame: Frame, _ set: DatasetView) -> Bool {
    KeypointCondition.lengthFault(count, expected: expected(frame, set)) == nil
  }

  private static func expected(_ frame: Frame, _ set: DatasetView) -> Int? {
    guard let category = frame.category,
      case .array(let names)? = set.dataset.categories[category].extra["keypoints"]
    else { return nil }
    return names.count
  }
}
