import COCO

/// See `summary`.
struct MissingImageFile: ReadingRule {
  static let kind = FaultKind.missingImageFile
  static let summary = "a listed image whose file does not exist"
  static let explanation = """
    No trainer can use the annotations of an image that does not exist; most stop in the middle of \
    an epoch. The name is looked up as written, then with another extension, then in another \
    letter case. If the annotations give the size, they are checked all the same. Use `--images` \
    to give the folder of images if it is not where the format expects it.
    """
  static let files = [
    FileExample.flags("a missing beach.png", "voc", .voc()),
    .flags(
      "a list with one image too many", "yolo",
      .text("data.yaml", "train: train.txt\nnames: [crab]\n"),
      .text("train.txt", "images/beach.png\nimages/dune.png\n"), .picture("images/beach.png"),
      .labels("0 0.5 0.5 0.25 0.25")),
    .allows("an existing beach.png", "voc", .voc(), .picture()),
  ]
}
