extension Format {
  /// Tables with a row for each object.
  public static let csv = Format(
    "csv", fileEndings: ["csv", "tsv"], outputEnding: "csv", importer: CSVImporter.self,
    exporter: CSVExporter.self, locator: CSVFieldLocator.self, evidence: CSVImporter.evidence)
}
