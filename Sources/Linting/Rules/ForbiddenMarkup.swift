import COCO

/// See `summary`.
struct ForbiddenMarkup: ReadingRule {
  static let kind = FaultKind.forbiddenMarkup
  static let summary = "a document type or entities in an XML file"
  static let explanation = """
    Annotations need none of it, and it is dangerous: entities that hold entities grow to \
    gigabytes, and others pull in files of the machine that reads them. Such a file is not read. \
    Take the `<!DOCTYPE …>` out.
    """
  static let files = [
    FileExample.flags(
      "an entity", "voc",
      .voc(
        ExampleText.object(name: "&c;"), before: "<!DOCTYPE annotation [<!ENTITY c \"crab\">]>\n"),
      .picture()),
    .allows(
      "a character reference, which is no entity of the file's own", "voc",
      .voc(ExampleText.object(name: "cr&amp;ab")), .picture()),
  ]
}
