import COCO
import Files

/// An importer of tables of boxes, one object on each row: TensorFlow's, keras-retinanet's,
/// OpenImages', Kaggle's and VIA's, outlines in well-known text, and any that `--csv-columns`
/// describes.
struct CSVImporter: Importer {
  /// The approximate number of rows that a task turns into annotations at once.
  private static let rowsInChunk = 16384

  private let options: ImportOptions

  init(_ options: ImportOptions) {
    self.options = options
  }

  func read(_ inputs: [InputTree]) async throws -> Imported {
    var imported = Imported()
    var files = CSVInputs(options)
    try await files.read(inputs, into: &imported)
    var repeated = CSVRepeatedTables(files.tables)
    imported.notes += repeated.notes
    let classes = CSVClasses(repeated.tables, options: options)
    imported.notes += classes.notes
    let origins = classes.origins(&imported.sources)
    var splits = CSVPart.bySplit(
      builders(repeated.tables, classes, below: inputs, &imported), skipping: repeated.skipped,
      ignoringSplits: options.ignoresSplits)
    for (table, pictures) in zip(repeated.tables, repeated.skipped) {
      for picture in pictures { imported.read.annotations -= table.rowCount(of: picture) }
    }
    files = CSVInputs(options)
    repeated = CSVRepeatedTables([])
    while let (split, parts) = splits.popLast() {
      var assembler = Assembler(
        classNames: classes.names, classOrigins: origins, options: options)
      assembler.joinsRows = options.ignoresSplits
      try await assemble(parts, in: &assembler, into: &imported)
      assembler.finish(split: split, hasOwnOrder: true, into: &imported)
    }
    return imported
  }

  /// Returns the builders of each table's images, with the split in the table's name.
  private func builders(
    _ tables: [CSVTable], _ classes: CSVClasses, below inputs: [InputTree],
    _ imported: inout Imported
  ) -> [(builder: CSVPictureBuilder, split: String?)] {
    let splits = CSVSplits.names(of: tables.map(\.path))
    let labels = LabelTable(classes.names)
    var report = CSVTableReport(options)
    var folders: [String: ImageLocator] = [:]
    let roots =
      options.imagesFolder.map { [ImageLocator($0)] }
      ?? inputs.filter(\.isFolder).map { ImageLocator($0.path) }
    var builders: [(CSVPictureBuilder, String?)] = []
    for (index, table) in tables.enumerated() {
      table.handOver(to: &imported)
      report.report(table, to: &imported)
      let finder = CSVPictureFinder(
        table, split: splits[index], below: roots, options: options, folders: &folders)
      let areNormalised = report.areNormalised(table, &imported)
      let sizer = PictureSizer(options)
      let centres = CSVCentres(table, areNormalised: areNormalised, options: options) { picture in
        sizer.usable(picture.size.map { ImageSize(width: $0.width, height: $0.height) })
          ?? options.knownSizes[picture.name]
          ?? sizer.size(of: finder.locate(CSVPicturePath(picture.name)))
      }
      if let evidence = centres.evidence { report.add(evidence, of: table) }
      let builder = CSVPictureBuilder(
        table: table,
        numbers: centres.evidence == nil ? table.layout.columns.numbers : .centre,
        areNormalised: areNormalised, labels: labels,
        classNumbers: classes.numbers[index], finder: finder, sizer: sizer,
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
      var odd = CSVPictureBuilder.OddPictures()
      let work: @Sendable (Int) -> CSVPictureBuilder.Batch = { index in
        part.builder.build(part.pictures[chunks[index]])
      }
      try await options.tasks.run(chunks.count, work: work) { _, batch in
        odd.add(batch.odd)
        assembler.add(batch.pictures, to: &imported)
        return true
      }
      part.report(odd, to: &imported)
    }
  }
}

/// A table's images of one split.
struct CSVPart: Sendable {
  let builder: CSVPictureBuilder
  /// The images' numbers in the table.
  let pictures: [Int]

  /// Returns the tables' parts by split, the last split first; a column for the split decides
  /// before the file's name does. With `ignoringSplits` all are of none.
  static func bySplit(
    _ builders: [(builder: CSVPictureBuilder, split: String?)], skipping skipped: [Set<Int>],
    ignoringSplits: Bool
  ) -> [(split: String?, parts: [CSVPart])] {
    var splits: [(split: String?, parts: [CSVPart])] = []
    var positions: [String?: Int] = [:]
    for ((builder, fileSplit), skipped) in zip(builders, skipped) {
      for (name, all) in pictures(of: builder.table, fileSplit: fileSplit) {
        let name = ignoringSplits ? nil : name
        let pictures = skipped.isEmpty ? all : all.filter { !skipped.contains($0) }
        if pictures.isEmpty, !all.isEmpty { continue }
        let position = positions[name] ?? splits.count
        positions[name] = position
        if position == splits.count { splits.append((name, [])) }
        splits[position].parts.append(CSVPart(builder: builder, pictures: pictures))
      }
    }
    return splits.reversed()
  }

  /// Returns a table's images by split, in the order of the splits' first images.
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

  /// The number of rows of its images.
  var rowCount: Int { pictures.reduce(0) { $0 + builder.table.rowCount(of: $1) } }

  /// Returns ranges of `pictures` with about equal numbers of rows.
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

  /// Reports the findings about the image files, once for all of them.
  func report(_ odd: CSVPictureBuilder.OddPictures, to imported: inout Imported) {
    let table = builder.table
    func find(_ kind: FaultKind, _ message: String, _ tally: CSVTally) {
      imported.findings.append(
        Finding(kind, message, at: table.origin(tally.offset), field: .fileName))
    }
    let (missing, foreign, unquoted) = (odd.missing, odd.foreign, odd.unquoted)
    if missing.count > 1, missing.count == pictures.count {
      // Pictures that are elsewhere altogether are no fault of the data.
      imported.notes.append(
        "the images of \(table.path) were not found: sizes are the table's "
          + "(--images gives their folder)")
    } else if missing.count == 1 {
      find(.missingImageFile, "no file \(missing.first); its size is the table's", missing)
    } else if missing.count > 1 {
      let message =
        "no file for \(missing.count) of \(pictures.count) images, the first is "
        + "\(missing.first); their sizes are the table's"
      find(.missingImageFile, message, missing)
    }
    if foreign.count > 0 {
      let paths = foreign.count == 1 ? "1 path is" : "\(foreign.count) paths are"
      let place = foreign.first.includes("://") ? "addresses" : "of another machine"
      let what = foreign.count == 1 && place == "addresses" ? "an address" : place
      let message = "\(paths) \(what), as \(foreign.first); images are matched by path endings"
      find(.foreignAbsolutePath, message, foreign)
    }
    if unquoted.count > 0 {
      let names = unquoted.count == 1 ? "1 name is" : "\(unquoted.count) names are"
      let message =
        "\(names) percent-quoted: \(unquoted.first) was found as \(odd.firstPlain)"
      find(.nameMatchedLoosely, message, unquoted)
    }
  }
}
