import COCO

/// See `summary`.
struct UnsortedNamesMap: ReadingRule {
  static let kind = FaultKind.unsortedNamesMap
  static let summary = "class numbers that are not in ascending order"
  static let explanation = """
    The numbers in the map determine the classes, not the order of its lines, as in Ultralytics. \
    Readers that take the names as a list get every class wrong; sort the lines so that both \
    agree.
    """
  static let files = [
    FileExample.flags(
      "1 before 0", "yolo", .yaml(names: "\n  1: palm\n  0: crab"), .picture("images/beach.png"),
      .labels("0 0.5 0.5 0.25 0.25")),
    .allows(
      "0 before 1", "yolo", .yaml(names: "\n  0: crab\n  1: palm"), .picture("images/beach.png"),
      .labels("0 0.5 0.5 0.25 0.25")),
  ]
}
