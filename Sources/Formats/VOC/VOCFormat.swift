extension Format {
  /// Pascal VOC: an XML file for each picture.
  public static let voc = Format(
    "voc", fileEndings: ["xml", "txt"], importer: VOCImporter.self, exporter: VOCExporter.self,
    locator: VOCFieldLocator.self, editor: VOCRecordEditor.self, evidence: VOCImporter.evidence)
}
