import COCO

/// See `summary`.
struct UnreadableImage: ReadingRule {
  static let kind = FaultKind.unreadableImage
  static let summary = "a picture or mask whose beginning is not that of an image"
  static let explanation = """
    The file is there and is no picture: an error page saved under its name, a file of zeros, a \
    format that nothing here reads. Its size is unknown, and trainers stop when they come to it. \
    The annotations are judged by the size that they give, where they give one. Damage further \
    inside a file is found by decoding it, which other rules do.
    """
  static let files = [
    FileExample.flags(
      "an error page", "voc", .voc(), .text("beach.png", "<html>404 Not Found</html>\n")),
    .allows("a picture", "voc", .voc(), .picture()),
  ]
}
