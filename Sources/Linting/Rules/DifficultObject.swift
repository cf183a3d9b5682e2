import COCO

/// See `summary`.
struct DifficultObject: ReadingRule {
  static let kind = FaultKind.difficultObject
  static let summary = "an object left out because it is marked as difficult"
  static let explanation = """
    Pascal VOC marks objects that even people find hard to see, and its own evaluation skips them. \
    `--difficult drop` leaves them out, and each is reported here so that none is lost silently. \
    `--difficult crowd` keeps them as crowd regions, which COCO's evaluation ignores.
    """
  static let files = [
    FileExample.flags(
      "a difficult crab, with difficult objects dropped", "voc",
      .voc(ExampleText.object(more: "<difficult>1</difficult>")), .picture(),
      options: ["difficult": "drop"]),
    .allows(
      "a difficult crab, kept by default", "voc",
      .voc(ExampleText.object(more: "<difficult>1</difficult>")), .picture()),
  ]
}
