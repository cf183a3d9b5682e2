import COCO

/// See `summary`.
struct UnreadableImage: ReadingRule {
  static let kind = FaultKind.unreadableImage
  static let summary = "an image or mask file that does not begin like an image"
  static let explanation = """
    The file exists but is not an image: an error page saved under its name, a file of zeros, or a \
    format that copra does not read. Its size is unknown, and trainers stop when they reach it. If \
    the annotations give a size, they are checked against that. Damage further inside a file is \
    found by decoding it, which other rules do.
    """
  static let files = [
    FileExample.flags(
      "an error page", "voc", .voc(), .text("beach.png", "<html>404 Not Found</html>\n")),
    .allows("an image", "voc", .voc(), .picture()),
  ]
}
