import COCO

/// See `summary`.
struct ImageWithoutLabelFile: ReadingRule {
  static let kind = FaultKind.imageWithoutLabelFile
  static let summary = "an image with no label file"
  static let explanation = """
    YOLO's trainers treat such an image as background, with no object in it. That is right for an \
    image of an empty beach and wrong for one that nobody has annotated yet, which then teaches \
    the model to detect nothing. Add an empty label file to mark an image as checked. When masks \
    are read, an image without one is left out; a name in a VOC list that has no XML file is a \
    warning.
    """
  static let files = [
    FileExample.flags(
      "an image that may or may not contain a crab", "yolo", .yaml(), .picture("images/beach.png"),
      .picture("images/dune.png"), .labels("0 0.5 0.5 0.25 0.25")),
    .allows("an empty label file", "yolo", .yaml(), .picture("images/beach.png"), .labels()),
  ]
}
