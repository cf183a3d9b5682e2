import COCO

/// See `summary`.
struct HugeBox: AnnotationRule {
  static let kind = FaultKind.hugeBox
  static let summary = "a box that covers nearly the whole picture"
  static let explanation = """
    Where it is meant, all is well; a default that nobody changed, or a label of the picture as a \
    whole, looks the same. `share` is the part of the picture that is let pass.
    """
  static let examples = [
    Example.flags("all of it", .example(.object(1, 0, 0, 64, 48))),
    Example.allows("three quarters of it", .example(.object(1, 0, 0, 48, 48))),
  ]

  var share = 0.95

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard frame.condition == .sound, frame.hasSize, let box = annotation.box,
      annotation.isCrowd != 1, box.area > share * frame.width * frame.height
    else { return nil }
    let percent = Int((100 * box.area / (frame.width * frame.height)).rounded())
    return fault("the box covers \(percent) % of the picture", .box)
  }
}
