import COCO

/// See `summary`.
struct GappyNamesMap: ReadingRule {
  static let kind = FaultKind.gappyNamesMap
  static let summary = "a gap in the class numbers that have names"
  static let explanation = """
    Trainers create as many classes as there are names and count them from 0: with a gap, either \
    the last classes are out of range or every class after the gap is taken for its neighbour. \
    Give every number below the highest a name; a placeholder for a class that no row uses will \
    do.
    """
  static let files = [
    FileExample.flags(
      "no name for 1", "yolo", .yaml(names: "\n  0: crab\n  2: palm"),
      .picture("images/beach.png"), .labels("0 0.5 0.5 0.25 0.25")),
    .allows(
      "numbers from 0 with no gap", "yolo", .yaml(names: "\n  0: crab\n  1: palm"),
      .picture("images/beach.png"), .labels("0 0.5 0.5 0.25 0.25")),
  ]
}
