import COCO

/// See `summary`.
struct LabelWithoutImage: ReadingRule {
  static let kind = FaultKind.labelWithoutImage
  static let summary = "a label file with no picture"
  static let explanation = """
    The numbers of a label file are parts of the picture's size, so that without the picture its \
    boxes cannot be placed, and trainers pass over the file without a word. The picture was lost, \
    or one of the two was renamed.
    """
  static let files = [
    FileExample.flags(
      "labels of a picture that is not there", "yolo", .yaml(), .picture("images/beach.png"),
      .labels("0 0.5 0.5 0.25 0.25"), .text("labels/dune.txt", "1 0.5 0.5 0.25 0.25\n")),
    .allows(
      "a picture for every label file", "yolo", .yaml(), .picture("images/beach.png"),
      .labels("0 0.5 0.5 0.25 0.25")),
  ]
}
