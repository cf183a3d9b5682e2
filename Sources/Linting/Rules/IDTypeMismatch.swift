import COCO

/// See `summary`.
struct IDTypeMismatch: EvaluationRule {
  static let kind = FaultKind.idTypeMismatch
  static let summary = "an id that is text in one place and a number in another"
  static let explanation = """
    To Python, and so to pycocotools, "1" and 1 are two ids: detections of an image that the ground \
    truth calls the other way are refused, those of such a category are lost without a word, and so \
    are annotations that name their image the other way. copra evaluate leaves all of these out, so \
    that its figures are pycocotools', unless --loose-ids joins them. All other verbs read a text of \
    digits as the number.
    """
  static let results = [
    ResultsExample.flags(
      "the image 1, and a detection of the image \"1\"", truth: ExampleText.coco(),
      results: ExampleText.result(image: "\"1\"")),
    .flags(
      "an image \"1\", and its annotation's image 1",
      truth: ExampleText.coco(image: ExampleText.image(id: "\"1\"")),
      results: ExampleText.result(image: "\"1\"")),
    .allows("numbers in both", truth: ExampleText.coco(), results: ExampleText.result()),
  ]
}
