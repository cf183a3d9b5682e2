import COCO

/// See `summary`.
struct FilenameStemMismatch: ReadingRule {
  static let kind = FaultKind.filenameStemMismatch
  static let summary = "a VOC file whose <filename> is not its own name"
  static let explanation = """
    Some readers find the picture by the name of the XML file, others by `<filename>`: the two \
    halves of a pipeline then look at different pictures. It comes of pictures that were renamed \
    after they were annotated, or of a file that was copied as a template. The picture that \
    `<filename>` names is used where it exists, else the one of the XML file's name.
    """
  static let files = [
    FileExample.flags(
      "a copied file that still names its template", "voc", .voc(fileName: "dune.png"), .picture(),
      .picture("dune.png")),
    .allows("one name for both", "voc", .voc(), .picture()),
    .allows(
      "the same behind a folder of another machine", "voc",
      .voc(fileName: "C:\\photos\\beach.png"), .picture()),
  ]
}
