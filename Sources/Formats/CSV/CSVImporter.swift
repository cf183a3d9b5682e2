import COCO
import Files

/// Tables of boxes, one row an object: TensorFlow's, keras-retinanet's, OpenImages', Kaggle's and
/// VIA's, outlines in well-known text, and whatever `--csv-columns` describes.
struct CSVImporter: Importer {
  /// Rows that a task turns into annotations in one go, about.
  private static let rowsInChunk = 16384
  /// Tables that are looked at for evidence.
  private static let glances = 64

  private let options: ImportOptions

  init(_ options: ImportOptions) {
    self.options = options
  }

  static func evidence(in input: InputTree) -> Evidence? {
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

  func read(_ inputs: [InputTree]) async throws -> Imported {
    var imported = Imported()
    var files = CSVInputs(options)
    try await files.read(inputs, into: &imported)
    let classes = CSVClasses(files.tables, options: options)
    imported.notes += classes.notes
    let origins = classes.origins(&imported.sources)
    var splits = CSVPart.bySplit(builders(files.tables, classes, &imported))
    files = CSVInputs(options)
    while let (split, parts) = splits.popLast() {
      var assembler = Assembler(
        classNames: classes.names, classOrigins: origins, options: options)
      try await assemble(parts, in: &assembler, into: &imported)
      assembler.finish(split: split, hasOwnOrder: true, into: &imported)
    }
    return imported
  }

  /// What turns each table's rows into pictures, with the split that the table's name says.
  private func builders(
    _ tables: [CSVTable], _ classes: CSVClasses, _ imported: inout Imported
  ) -> [(builder: CSVPictureBuilder, split: String?)] {
    let splits = CSVSplits.names(of: tables.map(\.path))
    let labels = LabelTable(classes.names)
    var report = CSVTableReport(options)
    var folders: [String: ImageLocator] = [:]
    var builders: [(CSVPictureBuilder, String?)] = []
    for (index, table) in tables.enumerated() {
      table.handOver(to: &imported)
      report.report(table, to: &imported)
      let finder = CSVPictureFinder(
        table, split: splits[index], options: options, folders: &folders)
      let builder = CSVPictureBuilder(
        table: table, areNormalised: report.areNormalised(table, &imported), labels: labels,
        classNumbers: classes.numbers[index], finder: finder, options: options)
      builders.append((builder, splits[index]))
    }
    report.finish(&imported)
    return builders
  }

  private func assemble(
    _ parts: consuming [CSVPart], in assembler: inout Assembler, into imported: inout Imported
  ) async throws {
    assembler.reserve(annotations: parts.reduce(0) { $0 + $1.rowCount })
    for part in parts {
      let chunks = part.chunks(rows: Self.rowsInChunk)
      var missing = CSVPictureBuilder.Tally()
      var foreign = CSVPictureBuilder.Tally()
      let work: @Sendable (Int) -> CSVPictureBuilder.Batch = { index in
        part.builder.build(part.pictures[chunks[index]])
      }
      try await options.tasks.run(chunks.count, work: work) { _, batch in
        missing.add(batch.missing)
        foreign.add(batch.foreign)
        assembler.add(batch.pictures, to: &imported)
        return true
      }
      part.report(missing: missing, foreign: foreign, to: &imported)
    }
  }
}
