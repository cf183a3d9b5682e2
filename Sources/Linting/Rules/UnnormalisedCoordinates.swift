import COCO

/// See `summary`.
struct UnnormalisedCoordinates: ReadingRule {
  static let kind = FaultKind.unnormalisedCoordinates
  static let summary = "pixel values in a YOLO row, which expects fractions of the image's size"
  static let explanation = """
    YOLO's numbers are fractions of the image's width and height, from 0 to 1. A number above 2 \
    cannot be a fraction, so the row is read as pixels; trainers reject it, and Ultralytics \
    rejects the whole image with it. A box that only extends past the edge is a separate fault.
    """
  static let files = [
    FileExample.flags(
      "a box in pixels", "yolo", .yaml(), .picture("images/beach.png"), .labels("0 20 18 20 20")),
    .allows(
      "the same box in fractions of 64 and 48", "yolo", .yaml(), .picture("images/beach.png"),
      .labels("0 0.3125 0.375 0.3125 0.41667")),
  ]
}
