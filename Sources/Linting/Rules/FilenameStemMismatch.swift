import COCO

/// See `summary`.
struct FilenameStemMismatch: ReadingRule {
  static let kind = FaultKind.filenameStemMismatch
  static let summary = "a VOC file whose <filename> differs from its own name"
  static let explanation = """
    Some readers find the image by the name of the XML file, others by `<filename>`, so two parts \
    of a pipeline may read different images. Usual causes are images renamed after they were \
    annotated and an XML file copied as a template. The image named by `<filename>` is used if it \
    exists, otherwise the one named like the XML file.
    """
  static let files = [
    FileExample.flags(
      "a copied file that still names its template", "voc", .voc(fileName: "dune.png"), .picture(),
      .picture("dune.png")),
    .allows("the same name in both", "voc", .voc(), .picture()),
    .allows(
      "the same name after a folder of another machine", "voc",
      .voc(fileName: "C:\\photos\\beach.png"), .picture()),
  ]
}
