import COCO

/// See `summary`.
struct AmbiguousUnits: ReadingRule {
  static let kind = FaultKind.ambiguousUnits
  static let summary = "coordinates that may be either pixels or fractions of the image"
  static let explanation = """
    A table does not state the unit of its coordinates, so it is inferred from all boxes together: \
    if more than half lie between 0 and 1 they are fractions of the image's width and height, \
    otherwise pixels. The finding means that some boxes contradict the others, that all coordinates \
    are 0 or 1, or that there are fewer than 5 boxes. A wrong guess moves every box; pass \
    `--csv-units pixels` or `--csv-units normalised` to settle it. In the other formats, whose \
    boxes are in pixels, it means that all boxes of the set look like fractions.
    """
  static let files = [
    FileExample.flags(
      "a single box, which would be smaller than a pixel", "csv",
      .csv("beach.png,64,48,crab,0.2,0.25,0.5,0.75"), .picture()),
    .allows(
      "the same box, with the unit given by an option", "csv",
      .csv("beach.png,64,48,crab,0.2,0.25,0.5,0.75"), .picture(),
      options: ["csv-units": "normalised"]),
    .allows("a box in pixels", "csv", .csv("beach.png,64,48,crab,10,8,30,28"), .picture()),
  ]
}
