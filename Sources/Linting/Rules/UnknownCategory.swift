import COCO

/// See `summary`.
struct UnknownCategory: AnnotationRule {
  static let kind = FaultKind.unknownCategory
  static let fixability = Fixability.unsafe
  static let summary = "an annotation whose category does not exist"
  static let explanation = """
    No category in the file has the id that the annotation gives. torchvision's and detectron2's \
    readers stop there, while pycocotools and mmdetection silently leave the object out. The fix \
    removes the annotation, which is unsafe because the category may have been lost and the \
    annotation may be right. A caption, which has no category at all, is sound.
    """
  static let examples = [
    Example.flags(
      "a category that is not listed",
      .example(.object(1, 2, 2, 9, 9), .object(2, 30, 20, 12, 8, category: 7)),
      fixed: .example(.object(1, 2, 2, 9, 9))),
    Example.allows("a category that is listed", .example(.object(1, 2, 2, 9, 9, category: 2))),
    Example.allows(
      "a caption",
      Dataset(
        images: [.example()],
        annotations: [
          Annotation(
            id: 1, imageID: 1, categoryID: nil, isCrowd: nil, extra: ["caption": "a beach"])
        ])),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard frame.category == nil else { return nil }
    return annotation.categoryID.map { .unknownCategory($0) }
  }
}
