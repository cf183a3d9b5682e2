import COCO
import Files

/// Tables of boxes, one row an object: TensorFlow's, keras-retinanet's, OpenImages', Kaggle's and
/// VIA's, outlines in well-known text, and whatever `--csv-columns` describes.
struct CSVImporter: Importer {
  /// Rows that a task turns into annotations in one go, about.
  private static let rowsInChunk = 16384

  private let options: ImportOptions

  init(_ options: ImportOptions) {
    self.options = options
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

  /// Returns what turns each table's rows into pictures, with the split in the table's name.
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
        classNumbers: classes.numbers[index], finder: finder, sizer: PictureSizer(options),
        options: options)
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

/// A table's pictures of one split.
struct CSVPart: Sendable {
  let builder: CSVPictureBuilder
  /// The pictures' numbers in the table.
  let pictures: [Int]

  /// Returns the tables' parts by split, the last split first; a column for the split decides
  /// before the file's name does.
  static func bySplit(
    _ builders: [(builder: CSVPictureBuilder, split: String?)]
  ) -> [(split: String?, parts: [CSVPart])] {
    var splits: [(split: String?, parts: [CSVPart])] = []
    var positions: [String?: Int] = [:]
    for (builder, fileSplit) in builders {
      for (name, pictures) in pictures(of: builder.table, fileSplit: fileSplit) {
        let position = positions[name] ?? splits.count
        positions[name] = position
        if position == splits.count { splits.append((name, [])) }
        splits[position].parts.append(CSVPart(builder: builder, pictures: pictures))
      }
    }
    return splits.reversed()
  }

  /// Returns a table's pictures by split, in the order in which the splits were met.
  private static func pictures(
    of table: CSVTable, fileSplit: String?
  ) -> [(split: String?, pictures: [Int])] {
    guard table.layout.columns.split != nil else {
      return [(fileSplit, Array(table.pictures.indices))]
    }
    var order: [String] = []
    var bySplit: [String: [Int]] = [:]
    for (number, picture) in table.pictures.enumerated() {
      if bySplit[picture.split] == nil { order.append(picture.split) }
      bySplit[picture.split, default: []].append(number)
    }
    return order.map { ($0.isEmpty ? fileSplit : $0, bySplit[$0] ?? []) }
  }

  /// The number of rows that its pictures have.
  var rowCount: Int { pictures.reduce(0) { $0 + builder.table.rowCount(of: $1) } }

  /// Returns ranges of `pictures` with about as many rows each.
  func chunks(rows limit: Int) -> [Range<Int>] {
    var chunks: [Range<Int>] = []
    var start = 0
    var rows = 0
    for (index, picture) in pictures.enumerated() {
      rows += builder.table.rowCount(of: picture) + 16
      if rows >= limit {
        chunks.append(start..<index + 1)
        start = index + 1
        rows = 0
      }
    }
    if start < pictures.count { chunks.append(start..<pictures.count) }
    return chunks
  }

  /// Reports what was found of the pictures' files, once for all of them.
  func report(
    missing: CSVPictureBuilder.Tally, foreign: CSVPictureBuilder.Tally,
    to imported: inout Imported
  ) {
    let table = builder.table
    if missing.count > 1, missing.count == pictures.count {
      // Pictures that are elsewhere altogether are no fault of the data.
      imported.notes.append(
        "the pictures of \(table.path) were not found: sizes are the table's "
          + "(--images says where they are)")
    } else if let first = missing.first {
      let message =
        missing.count == 1
        ? "no file \(first.name); its size is the table's"
        : "no file for \(missing.count) of \(pictures.count) pictures, the first is "
          + "\(first.name); their sizes are the table's"
      imported.findings.append(
        Finding(
          .missingImageFile, message, at: table.origin(first.offset), field: .fileName))
    }
    if let first = foreign.first {
      let paths = foreign.count == 1 ? "1 path is" : "\(foreign.count) paths are"
      imported.findings.append(
        Finding(
          .foreignAbsolutePath,
          "\(paths) of another machine, as \(first.name); pictures are found by the paths' ends",
          at: table.origin(first.offset), field: .fileName))
    }
  }
}

/// The splits that several tables stand for, by their names.
enum CSVSplits {
  private static let splits: Set<String> = [
    "train", "training", "val", "valid", "validation", "test", "testing", "trainval", "dev",
  ]
  /// Words around a split that say nothing.
  private static let fillers: Set<String> = [
    "label", "labels", "annotation", "annotations", "bbox", "bboxes", "box", "boxes", "instances",
    "csv", "gt", "data", "set", "boxable", "oidv4", "oidv5", "oidv6", "oidv7",
  ]

  /// Returns the split of each file; nil for a file alone.
  ///
  /// The split is the file's name, down to `train`, `val`, `test` where all else in it says
  /// nothing. Files of one name in different folders get the folders' names.
  static func names(of paths: [String]) -> [String?] {
    guard paths.count > 1 else { return paths.map { _ in nil } }
    var names = paths.map { name(of: Path.withoutExtension(Path.name(of: $0))) }
    for (name, indices) in Dictionary(grouping: names.indices, by: { names[$0] })
    where indices.count > 1 {
      let folders = folderNames(indices.map { paths[$0] }) ?? indices.map { _ in name }
      for (index, folder) in zip(indices, folders) { names[index] = folder }
    }
    return names
  }

  private static func name(of stem: String) -> String {
    let words = stem.lowercased().split { "_-. ".contains($0) }.map(String.init)
    let found = words.filter(splits.contains)
    guard found.count == 1, words.allSatisfy({ splits.contains($0) || fillers.contains($0) })
    else { return stem }
    return found[0]
  }

  /// Returns the names of the nearest folders above the files that differ from each other.
  private static func folderNames(_ paths: [String]) -> [String]? {
    var folders = paths.map(Path.folder)
    for _ in 0..<3 {
      let names = folders.map(Path.name)
      if Set(names).count == names.count { return names }
      folders = folders.map(Path.folder)
    }
    return nil
  }
}
