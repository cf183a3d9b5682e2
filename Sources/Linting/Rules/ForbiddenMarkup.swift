import COCO

/// See `summary`.
struct ForbiddenMarkup: ReadingRule {
  static let kind = FaultKind.forbiddenMarkup
  static let summary = "a document type or entities in an XML file"
  static let explanation = """
    Annotations need neither, and both are dangerous: nested entities expand to gigabytes, and \
    external ones read files from the machine. Such a file is not read. Remove the `<!DOCTYPE …>`.
    """
  static let files = [
    FileExample.flags(
      "an entity declaration", "voc",
      .voc(
        ExampleText.object(name: "&c;"), before: "<!DOCTYPE annotation [<!ENTITY c \"crab\">]>\n"),
      .picture()),
    .allows(
      "a predefined entity, which the file does not declare", "voc",
      .voc(ExampleText.object(name: "cr&amp;ab")), .picture()),
  ]
}
