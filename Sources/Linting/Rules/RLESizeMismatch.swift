import COCO

/// See `summary`.
struct RLESizeMismatch: AnnotationRule {
  static let kind = FaultKind.rleSizeMismatch
  static let summary = "a mask of a different size from its image"
  static let explanation = """
    Run lengths are meaningless without the size they were counted for: in an image of another \
    size every pixel lands elsewhere, and in pycocotools such a mask silently matches nothing. \
    Usually the image was resized, or height and width are swapped; the run lengths must also add \
    up to height × width. If the recorded size of the image matches the mask but not the file, it is \
    reported as `image-size-mismatch`.
    """
  static let examples = [
    Example.flags(
      "swapped height and width",
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
      "the image's size",
      .example(
        .object(
          1, 0, 0, 3, 48, area: 144,
          segmentation: .runLengths(RunLengthMask(height: 48, width: 64, counts: [0, 144, 2928]))))),
    Example.allows(
      "the recorded size, which differs from the file's",
      .example(
        .object(
          1, 0, 0, 3, 48, area: 144,
          segmentation: .runLengths(RunLengthMask(height: 48, width: 64, counts: [0, 144, 2928])))),
      pictures: [.example(width: 32, height: 24)]),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard let mask = annotation.segmentation?.mask else { return nil }
    let (width, height) = (Int(frame.width), Int(frame.height))
    guard frame.hasSize, !mask.fits(width: width, height: height) else { return mask.runsFault }
    // The image is what is wrong where it gives the mask's size.
    if let image = frame.image.map({ set.dataset.images[$0] }),
      mask.fits(width: image.width, height: image.height)
    {
      return nil
    }
    return mask.sizeFault(width: width, height: height)
  }
}
