import COCO

/// See `summary`.
struct UnreadableFile: ReadingRule {
  static let kind = FaultKind.unreadableFile
  static let summary = "a file that cannot be opened or read"
  static let explanation = """
    Another user's file, a link to nothing, a disk that fails. All others are read. What was in \
    this one is not in the result, so that counts and splits are not what they should be.
    """
  static let files = [
    FileExample.flags(
      "a link to a file that was deleted", "coco", .coco(), .picture(),
      ExampleFile(path: "more.json", content: .brokenLink)),
    .allows("a file that can be read", "coco", .coco(), .picture()),
  ]
}
