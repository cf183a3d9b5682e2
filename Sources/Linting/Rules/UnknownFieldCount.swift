import COCO

/// See `summary`.
struct UnknownFieldCount: ReadingRule {
  static let kind = FaultKind.unknownFieldCount
  static let summary = "a row whose number of fields does not fit its format"
  static let explanation = """
    A YOLO row holds a class and a box (5 numbers), the same followed by a confidence (6), or a \
    class and three or more points; a CSV row has as many fields as the header. Too many fields in \
    a CSV row usually result from a comma in a name without quotes. The row is left out because \
    nothing shows which number is which.
    """
  static let files = [
    FileExample.flags(
      "no height", "yolo", .yaml(), .picture("images/beach.png"), .labels("0 0.5 0.5 0.25")),
    .flags("a comma in the class", "csv", .csv("beach.png,64,48,crab, red,10,8,30,28"), .picture()),
    .allows(
      "a box, a box with a confidence, and a triangle",
      "yolo", .yaml(), .picture("images/beach.png"),
      .labels("0 0.5 0.5 0.25 0.25", "0 0.5 0.5 0.2 0.2 0.9", "1 0.1 0.1 0.3 0.1 0.2 0.3")),
  ]
}
