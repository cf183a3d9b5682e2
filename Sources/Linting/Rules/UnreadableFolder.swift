import COCO

/// See `summary`.
struct UnreadableFolder: ReadingRule {
  static let kind = FaultKind.unreadableFolder
  static let summary = "a folder that cannot be listed"
  static let explanation = """
    The user running copra has no permission to read it. All other folders are read; the contents \
    of this one are unknown.
    """
  static let files = [
    FileExample.flags(
      "a folder without read permission", "voc", .voc(), .picture(),
      ExampleFile(path: "more", content: .lockedFolder)),
    .allows(
      "a folder that can be listed", "voc", .text("more/beach.xml", ExampleText.voc()),
      .picture("more/beach.png")),
  ]
}
