import COCO

/// See `summary`.
struct RLESizeMismatch: AnnotationRule {
  static let severity = Finding.Severity.error
  static let summary = "a mask of another size than its picture"
  static let explanation = """
    Run lengths mean nothing without the size they were counted for: on a picture of another size \
    every pixel lands elsewhere, and pycocotools gives wrong overlaps without a word. Mostly the \
    picture was resized, or height and width are swapped; the run lengths must also add up to \
    height × width. An image that gives the mask's size, and not its picture's, is the matter of \
    `image-size-mismatch`.
    """
  static let examples = [
    Example.flags(
      "height and width swapped",
      .example(
        .object(
          1, 0, 0, 3, 48, area: 144,
          segmentation: .runLengths(RunLengthMask(height: 64, width: 48, counts: [0, 144, 2928]))))),
    Example.flags(
      "runs that end early",
      .example(
        .object(
          1, 0, 0, 3, 48, area: 144,
          segmentation: .runLengths(RunLengthMask(height: 48, width: 64, counts: [0, 144, 5]))))),
    Example.allows(
      "the picture's size",
      .example(
        .object(
          1, 0, 0, 3, 48, area: 144,
          segmentation: .runLengths(RunLengthMask(height: 48, width: 64, counts: [0, 144, 2928]))))),
    Example.allows(
      "the size of the image, whose picture has another",
      .example(
        .object(
          1, 0, 0, 3, 48, area: 144,
          segmentation: .runLengths(RunLengthMask(height: 48, width: 64, counts: [0, 144, 2928])))),
      pictures: [.example(width: 32, height: 24)]),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    let mask: RunLengthMask
    switch annotation.segmentation {
    case .runLengths(let found)?, .compressedRunLengths(let found)?: mask = found
    case .polygons?, nil: return nil
    }
    if frame.hasSize, Double(mask.height) != frame.height || Double(mask.width) != frame.width {
      // The image is what is wrong where it gives the mask's size.
      if let image = frame.image.map({ set.dataset.images[$0] }), image.width == mask.width,
        image.height == mask.height
      {
        return nil
      }
      return Fault(
        "the mask is \(mask.width)×\(mask.height), the picture \(frame.sizeText)", .segmentation)
    }
    let pixels = mask.height.multipliedReportingOverflow(by: mask.width)
    let covered = mask.counts.reduce(0) { $0 + Int($1) }
    guard pixels.overflow || covered != pixels.partialValue else { return nil }
    return Fault(
      "the runs cover \(covered) pixels, the mask of \(mask.width)×\(mask.height) has "
        + "\(pixels.partialValue)", .segmentation)
  }
}
