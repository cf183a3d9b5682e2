import COCO

/// See `summary`.
struct ImageWithoutLabelFile: ReadingRule {
  static let kind = FaultKind.imageWithoutLabelFile
  static let summary = "a picture with no label file"
  static let explanation = """
    YOLO's trainers take such a picture as background: nothing on it is an object. That is right \
    for pictures of empty beaches and wrong for those that nobody has annotated yet, which then \
    teach the model to see nothing. An empty label file says that the picture was looked at. \
    Where masks are read, a picture without one is left out; a name in a VOC list that has no XML \
    file is a warning.
    """
  static let files = [
    FileExample.flags(
      "nothing says whether there is a crab", "yolo", .yaml(), .picture("images/beach.png"),
      .picture("images/dune.png"), .labels("0 0.5 0.5 0.25 0.25")),
    .allows("an empty label file", "yolo", .yaml(), .picture("images/beach.png"), .labels()),
  ]
}
