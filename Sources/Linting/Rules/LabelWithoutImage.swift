import COCO

/// See `summary`.
struct LabelWithoutImage: ReadingRule {
  static let kind = FaultKind.labelWithoutImage
  static let summary = "a label file with no image"
  static let explanation = """
    The numbers in a label file are fractions of the image's size, so its boxes cannot be placed \
    without the image, and trainers silently skip the file. Either the image was lost or one of \
    the two was renamed.
    """
  static let files = [
    FileExample.flags(
      "a label file whose image is missing", "yolo", .yaml(), .picture("images/beach.png"),
      .labels("0 0.5 0.5 0.25 0.25"), .text("labels/dune.txt", "1 0.5 0.5 0.25 0.25\n")),
    .allows(
      "an image for every label file", "yolo", .yaml(), .picture("images/beach.png"),
      .labels("0 0.5 0.5 0.25 0.25")),
  ]
}
