import COCO

/// See `summary`.
struct UnknownImage: AnnotationRule {
  static let kind = FaultKind.unknownImage
  static let fixability = Fixability.unsafe
  static let summary = "an annotation whose image does not exist"
  static let explanation = """
    No image in the file has the id that the annotation gives. Readers that look the id up stop; \
    others silently lose the object. The fix removes the annotation, which is unsafe because the \
    image may have been lost and the annotation may be right.
    """
  static let examples = [
    Example.flags(
      "an image that is not listed",
      .example(.object(1, 2, 2, 9, 9), .object(2, 30, 20, 12, 8, image: 7)),
      fixed: .example(.object(1, 2, 2, 9, 9))),
    Example.allows("an image that is listed", .example(.object(1, 2, 2, 9, 9))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    frame.image == nil ? .unknownImage(annotation.imageID) : nil
  }
}
