import COCO

/// See `summary`.
struct DifficultObject: ReadingRule {
  static let kind = FaultKind.difficultObject
  static let summary = "an object that is left out because it is marked as difficult"
  static let explanation = """
    Pascal VOC marks objects that even people find hard to see, and its own evaluation passes \
    over them. `--difficult drop` leaves them out; each one is named here, so that none is lost \
    without a word. `--difficult crowd` keeps them as crowd regions, which COCO's evaluation \
    ignores.
    """
  static let files = [
    FileExample.flags(
      "a difficult crab, where such are not wanted", "voc",
      .voc(ExampleText.object(more: "<difficult>1</difficult>")), .picture(),
      options: ["difficult": "drop"]),
    .allows(
      "a difficult crab, which is kept by default", "voc",
      .voc(ExampleText.object(more: "<difficult>1</difficult>")), .picture()),
  ]
}
