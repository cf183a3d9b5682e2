extension Format {
  /// YOLO: a text file with a row an object for each picture.
  public static let yolo = Format(
    "yolo", fileEndings: ["txt", "yaml", "yml", "names", "data"], importer: YOLOImporter.self,
    exporter: YOLOExporter.self, locator: YOLOFieldLocator.self, editor: YOLORecordEditor.self,
    evidence: YOLOEvidence.find)
}
