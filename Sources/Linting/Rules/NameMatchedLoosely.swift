import COCO

/// See `summary`.
struct NameMatchedLoosely: ReadingRule {
  static let kind = FaultKind.nameMatchedLoosely
  static let summary = "an image found under a different name from the one given"
  static let explanation = """
    The file's extension or the letter case of its name differs. Case does not matter on Windows \
    and macOS but does on Linux, where the same set then has no images. Rename the file, or write \
    its name exactly.
    """
  static let files = [
    FileExample.flags("a different letter case", "voc", .voc(fileName: "Beach.png"), .picture()),
    .flags("a different extension", "voc", .voc(fileName: "beach.jpg"), .picture()),
    .allows("the exact name", "voc", .voc(), .picture()),
  ]
}
