import COCO

/// See `summary`.
struct MissingImageFile: ReadingRule {
  static let kind = FaultKind.missingImageFile
  static let summary = "a picture that is named and not there"
  static let explanation = """
    No trainer can use the annotations of a picture that does not exist; most stop in the middle \
    of an epoch. The name is looked for as it is written, then with another ending, then in \
    another case. Where the annotations give the size they are judged all the same. `--images` \
    says where the pictures are, if not where the format puts them.
    """
  static let files = [
    FileExample.flags("no beach.png", "voc", .voc()),
    .flags(
      "a list that names a picture too many", "yolo",
      .text("data.yaml", "train: train.txt\nnames: [crab]\n"),
      .text("train.txt", "images/beach.png\nimages/dune.png\n"), .picture("images/beach.png"),
      .labels("0 0.5 0.5 0.25 0.25")),
    .allows("beach.png is there", "voc", .voc(), .picture()),
  ]
}
