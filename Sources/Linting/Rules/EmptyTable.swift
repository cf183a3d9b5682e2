import COCO

/// See `summary`.
struct EmptyTable: ReadingRule {
  static let kind = FaultKind.emptyTable
  static let summary = "a table with a header and no rows"
  static let explanation = """
    Such a table is mostly the rest of an export that failed or of a filter that let nothing \
    through. A picture without objects needs a row of its own in which the box is left empty.
    """
  static let files = [
    FileExample.flags("nothing but the header", "csv", .csv()),
    .allows("a picture without objects", "csv", .csv("beach.png,64,48,,,,,"), .picture()),
  ]
}
