import Files

extension Format {
  /// Tables with a row for each object.
  public static let csv = Format(
    "csv", fileEndings: ["csv", "tsv"], outputEnding: "csv", importer: CSVImporter.self,
    exporter: CSVExporter.self, locator: CSVFieldLocator.self, evidence: CSVEvidence.find)
}

/// The signs that an input is a table of boxes.
enum CSVEvidence {
  /// Tables that are looked at.
  private static let glances = 64

  /// Returns why an input looks like tables of boxes, or nil where it does not.
  static func find(in input: InputTree) -> Evidence? {
    let files = input.files(endingIn: "csv", "tsv").filter { !CSVClassList.isList($0) }
    var weak: Evidence?
    for file in files.prefix(glances) {
      guard let columns = CSVTableReader.glance(at: file)?.columns else { continue }
      let count = files.count == 1 ? "1 table" : "\(files.count) tables"
      let verb = columns.hasHeader ? "has" : "holds"
      let reason = "\(count), \(file) \(verb) \(columns.kind)"
      if columns.isCertain { return Evidence(reason) }
      weak = weak ?? Evidence(reason, isFirm: false)
    }
    return weak
  }
}
