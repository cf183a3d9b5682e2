import Files

extension Format {
  /// The format of tables with a row for each object.
  public static let csv = Format(
    "csv",
    FormatSummary(
      "CSV", reads: [.boxes, .outlines, .orientedBoxes], writes: [.boxes],
      sign: "a table with columns for the image and its boxes",
      variants: """
        TensorFlow, OpenImages, Kaggle, VIA, AutoML, WKT, corners of quadrilaterals, objects in a \
        cell; columns by the words of their names, by the data if there is no header (RetinaNet, \
        make-sense), or by `--csv-columns`; delimiter, quotes, encoding and units are detected
        """,
      options: ["--csv-units", "--csv-columns"]),
    fileEndings: ["csv", "tsv"], outputEnding: "csv", importer: CSVImporter.self,
    exporter: CSVExporter.self, locator: CSVFieldLocator.self, evidence: CSVEvidence.find,
    nearMiss: CSVEvidence.nearMiss)
}

/// The signs that an input is a table of boxes.
enum CSVEvidence {
  /// The most tables that are examined.
  private static let glances = 64

  /// The most texts that may be tables; more of them are labels of single images, or no data.
  private static let mostTexts = 16

  /// Returns the files of an input that may be tables; its texts if there is nothing else.
  static func tables(in input: InputTree) -> [String] {
    let files = input.files(endingIn: "csv", "tsv").filter { !CSVClassList.isList($0) }
    if !files.isEmpty { return files }
    let texts = input.files(endingIn: "txt")
    if !input.isFolder { return texts }
    return texts.count > mostTexts
      ? [] : texts.filter { CSVTableReader.glance(at: $0) != nil }
  }

  /// Returns the evidence that an input holds tables of boxes; nil if there is none.
  static func find(in input: InputTree) -> Evidence? {
    let files = tables(in: input)
    var weak: Evidence?
    for file in files.prefix(glances) {
      guard let columns = CSVTableReader.glance(at: file)?.columns else { continue }
      let count = files.count == 1 ? "1 table" : "\(files.count) tables"
      let verb = columns.hasHeader ? "has" : "holds"
      let reason = "\(count), \(file) \(verb) \(columns.kind)"
      // A text may as well belong to another format.
      if columns.isCertain, !Path.ends(file, in: "txt") { return Evidence(reason) }
      weak = weak ?? Evidence(reason, isFirm: false)
    }
    return weak
  }

  /// Describes the tables of an input and what they lack to be read, each with its place; returns
  /// nil if there are none.
  static func nearMiss(in input: InputTree) -> String? {
    let files = tables(in: input)
    let most = 3
    let descriptions = files.prefix(most).compactMap { file in
      CSVTableReader.complaint(about: file).map { "\(file):\($0)" }
    }
    if descriptions.isEmpty { return nil }
    let more = files.count > most ? ["and \(files.count - most) more tables"] : []
    return (descriptions + more).joined(separator: "\n")
  }
}
