import COCO

/// See `summary`.
struct GappyNamesMap: ReadingRule {
  static let kind = FaultKind.gappyNamesMap
  static let summary = "class numbers without a name between others that have one"
  static let explanation = """
    Trainers make as many classes as there are names and count them from 0: with a gap the last \
    classes lie beyond the end, or every class behind the gap is taken for its neighbour. Give \
    each number below the highest a name; one that no row uses will do.
    """
  static let files = [
    FileExample.flags(
      "nothing is number 1", "yolo", .yaml(names: "\n  0: crab\n  2: palm"),
      .picture("images/beach.png"), .labels("0 0.5 0.5 0.25 0.25")),
    .allows(
      "numbers from 0 without a gap", "yolo", .yaml(names: "\n  0: crab\n  1: palm"),
      .picture("images/beach.png"), .labels("0 0.5 0.5 0.25 0.25")),
  ]
}
