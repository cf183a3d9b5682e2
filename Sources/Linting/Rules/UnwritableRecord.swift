import COCO

/// See `summary`.
struct UnwritableRecord: WritingRule {
  static let kind = FaultKind.unwritableRecord
  static let summary = "a record that the format which is written cannot hold"
  static let explanation = """
    A caption has no place in a format of boxes, two pictures cannot share one label file, and a box \
    that reads back differently would be another box. Such a record is left out, counted as rejected, \
    and stands in `OUTPUT.rejected.jsonl`; all others are written. An annotation goes with its picture.
    """
  static let outputs = [
    OutputExample.flags(
      "two pictures that would share a label file", to: "yolo",
      .example(
        .object(1, 2, 2, 9, 9), .object(2, 30, 20, 12, 8, image: 2),
        images: [.example(), .example(2, "beach.png")])),
    .allows("a picture for each label file", to: "yolo", .example(.object(1, 2, 2, 9, 9))),
  ]
}
