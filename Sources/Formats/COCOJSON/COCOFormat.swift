extension Format {
  /// COCO JSON: instances, keypoints and captions.
  public static let coco = Format(
    "coco", fileEndings: ["json"], outputEnding: "json", importer: COCOImporter.self,
    exporter: COCOExporter.self, locator: COCOFieldLocator.self, editor: COCORecordEditor.self,
    evidence: COCOImporter.evidence)
}
