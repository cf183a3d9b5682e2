import COCO

/// See `summary`.
struct IDTypeMismatch: EvaluationRule {
  static let kind = FaultKind.idTypeMismatch
  static let summary = "an id that is text in one place and a number in another"
  static let explanation = """
    In Python, and so in pycocotools, "1" and 1 are different ids: detections of an image whose id \
    has the other type in the ground truth are refused, those of such a category are silently \
    lost, and so are annotations that refer to their image with the other type. `copra evaluate` \
    leaves all of these out, so that its figures match pycocotools', unless `--loose-ids` joins \
    them. All other verbs read text made of digits as a number.
    """
  static let results = [
    ResultsExample.flags(
      "image 1, and a detection for image \"1\"", truth: ExampleText.coco(),
      results: ExampleText.result(image: "\"1\"")),
    .flags(
      "image \"1\", and an annotation for image 1",
      truth: ExampleText.coco(image: ExampleText.image(id: "\"1\"")),
      results: ExampleText.result(image: "\"1\"")),
    .allows("numbers in both", truth: ExampleText.coco(), results: ExampleText.result()),
  ]
}
