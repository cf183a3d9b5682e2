import COCO

/// See `summary`.
struct UnreadableFile: ReadingRule {
  static let kind = FaultKind.unreadableFile
  static let summary = "a file that cannot be opened or read"
  static let explanation = """
    Examples are another user's file, a link to a missing file, and a failing disk. All other \
    files are read. The contents of this one are missing from the result, so counts and splits are \
    not what they should be.
    """
  static let files = [
    FileExample.flags(
      "a link to a deleted file", "coco", .coco(), .picture(),
      ExampleFile(path: "more.json", content: .brokenLink)),
    .allows("a readable file", "coco", .coco(), .picture()),
  ]
}
