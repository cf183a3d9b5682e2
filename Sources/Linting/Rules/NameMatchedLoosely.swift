import COCO

/// See `summary`.
struct NameMatchedLoosely: ReadingRule {
  static let kind = FaultKind.nameMatchedLoosely
  static let summary = "a picture that was found by another name than the one that is written"
  static let explanation = """
    The file has another ending, or its name another letter case. Case does not matter on Windows \
    and macOS and does on Linux, where the same set then has no pictures. Rename the file, or \
    write its name as it is.
    """
  static let files = [
    FileExample.flags("another case", "voc", .voc(fileName: "Beach.png"), .picture()),
    .flags("another ending", "voc", .voc(fileName: "beach.jpg"), .picture()),
    .allows("the name as it is", "voc", .voc(), .picture()),
  ]
}
