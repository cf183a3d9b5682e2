import COCO

/// See `summary`.
struct UnwritableRecord: WritingRule {
  static let kind = FaultKind.unwritableRecord
  static let summary = "a record that the output format cannot hold"
  static let explanation = """
    A caption has no place in a format for boxes, two images cannot share one label file, and a \
    box that reads back differently would be another box. Such a record is left out, counted as \
    rejected, and listed in `OUTPUT.rejected.jsonl`; all others are written. If an image is left \
    out, so are its annotations.
    """
  static let outputs = [
    OutputExample.flags(
      "two images that would share a label file", to: "yolo",
      .example(
        .object(1, 2, 2, 9, 9), .object(2, 30, 20, 12, 8, image: 2),
        images: [.example(), .example(2, "beach.png")])),
    .allows("one image per label file", to: "yolo", .example(.object(1, 2, 2, 9, 9))),
  ]
}
