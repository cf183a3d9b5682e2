import COCO

/// See `summary`.
struct UnreadableFolder: ReadingRule {
  static let kind = FaultKind.unreadableFolder
  static let summary = "a folder that cannot be listed"
  static let explanation = """
    Whoever runs this may not look into it. All other folders are read; what lies in this one is \
    unknown.
    """
  static let files = [
    FileExample.flags(
      "a folder without rights", "voc", .voc(), .picture(),
      ExampleFile(path: "more", content: .lockedFolder)),
    .allows(
      "a folder that can be listed", "voc", .text("more/beach.xml", ExampleText.voc()),
      .picture("more/beach.png")),
  ]
}
