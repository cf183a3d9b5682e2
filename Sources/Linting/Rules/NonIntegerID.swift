import COCO

/// See `summary`.
struct NonIntegerID: ReadingRule {
  static let kind = FaultKind.nonIntegerID
  static let fixability = Fixability.both
  static let summary = "an id that is not a whole number"
  static let explanation = """
    COCO's ids are whole numbers. Text breaks every reader that has typed records, and in Python \
    "12" and 12 are two different keys: the annotations of such an image are not found. The safe \
    fix takes the quotes off a number. A word needs a number of its own, which the unsafe fix \
    gives it wherever it stands; what refers to the record from other files no longer does.
    """
  static let files = [
    FileExample.flags(
      "a number in quotes", "coco", .coco(ExampleText.annotation(image: "\"1\"")), .picture(),
      mended: ExampleText.coco()),
    .flags(
      "a word", "coco",
      .coco(ExampleText.annotation(image: "\"beach\""), image: ExampleText.image(id: "\"beach\"")),
      .picture(), mended: ExampleText.coco()),
    .allows("whole numbers", "coco", .coco(), .picture()),
  ]
}
