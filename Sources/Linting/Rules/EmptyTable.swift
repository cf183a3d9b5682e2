import COCO

/// See `summary`.
struct EmptyTable: ReadingRule {
  static let kind = FaultKind.emptyTable
  static let summary = "a table with a header and no rows"
  static let explanation = """
    Such a table is usually left over from a failed export or from a filter that matched nothing. \
    An image without objects needs a row of its own with the box left empty.
    """
  static let files = [
    FileExample.flags("only a header", "csv", .csv()),
    .allows("an image without objects", "csv", .csv("beach.png,64,48,,,,,"), .picture()),
  ]
}
