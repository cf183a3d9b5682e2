import COCO

/// See `summary`.
struct AmbiguousUnits: ReadingRule {
  static let kind = FaultKind.ambiguousUnits
  static let summary =
    "coordinates of which it is not certain whether they are pixels or parts of the picture"
  static let explanation = """
    A table does not say what its numbers count, so that all of its boxes tell together: where \
    most lie within 0 and 1 they are parts of the picture's width and height, else pixels. This \
    says that some boxes speak against the others, or that there are too few to be sure of it. A \
    wrong guess moves every box; `--csv-units pixels` or `--csv-units normalised` settles it.
    """
  static let files = [
    FileExample.flags(
      "one box, which would be less than a pixel large", "csv",
      .csv("beach.png,64,48,crab,0.2,0.25,0.5,0.75"), .picture()),
    .allows(
      "the same, and the user says what it counts", "csv",
      .csv("beach.png,64,48,crab,0.2,0.25,0.5,0.75"), .picture(),
      options: ["csv-units": "normalised"]),
    .allows("pixels", "csv", .csv("beach.png,64,48,crab,10,8,30,28"), .picture()),
  ]
}
