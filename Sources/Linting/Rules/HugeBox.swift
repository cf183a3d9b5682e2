import COCO

/// See `summary`.
struct HugeBox: AnnotationRule {
  static let kind = FaultKind.hugeBox
  static let summary = "a box that covers nearly the whole image"
  static let explanation = """
    This is fine if it is intended, but a default box that nobody changed and a label for the \
    whole image look the same. Check the box. `share` is the largest fraction of the image that a \
    box may cover.
    """
  static let examples = [
    Example.flags("the whole image", .example(.object(1, 0, 0, 64, 48))),
    Example.allows("three quarters of the image", .example(.object(1, 0, 0, 48, 48))),
  ]

  var share = 0.95

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard frame.condition == .sound, frame.hasSize, let box = annotation.box,
      annotation.isCrowd != 1, box.area > share * frame.width * frame.height
    else { return nil }
    let percent = Int((100 * box.area / (frame.width * frame.height)).rounded())
    return fault("the box covers \(percent) % of the image", .box)
  }
}
