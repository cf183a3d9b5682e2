import COCO

/// See `summary`.
struct NonIntegerID: ReadingRule {
  static let kind = FaultKind.nonIntegerID
  static let fixability = Fixability.both
  static let summary = "an id that is not a whole number"
  static let explanation = """
    COCO's ids are whole numbers. Text breaks every reader with typed records, and in Python "12" \
    and 12 are different keys, so the annotations of such an image are not found. The safe fix \
    removes the quotes around a number. A word needs a new number, which the unsafe fix writes \
    wherever the word occurs; other files that refer to the record no longer match it.
    """
  static let files = [
    FileExample.flags(
      "a number in quotes", "coco", .coco(ExampleText.annotation(image: "\"1\"")), .picture(),
      fixed: ExampleText.coco()),
    .flags(
      "a word", "coco",
      .coco(ExampleText.annotation(image: "\"beach\""), image: ExampleText.image(id: "\"beach\"")),
      .picture(), fixed: ExampleText.coco()),
    .allows("whole numbers", "coco", .coco(), .picture()),
  ]
}
