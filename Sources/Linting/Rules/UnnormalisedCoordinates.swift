import COCO

/// See `summary`.
struct UnnormalisedCoordinates: ReadingRule {
  static let kind = FaultKind.unnormalisedCoordinates
  static let summary = "pixels in a YOLO row, which holds parts of the picture's size"
  static let explanation = """
    YOLO's numbers are parts of the picture's width and height, from 0 to 1. A number above 2 \
    cannot be one, so that the row is read as pixels; trainers reject it, and Ultralytics the \
    whole picture with it. A box that only reaches past the edge is another fault.
    """
  static let files = [
    FileExample.flags(
      "a box in pixels", "yolo", .yaml(), .picture("images/beach.png"), .labels("0 20 18 20 20")),
    .allows(
      "the same box in parts of 64 and 48", "yolo", .yaml(), .picture("images/beach.png"),
      .labels("0 0.3125 0.375 0.3125 0.41667")),
  ]
}
