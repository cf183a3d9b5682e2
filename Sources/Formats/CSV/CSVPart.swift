import COCO

/// A table's pictures of one split.
struct CSVPart: Sendable {
  let builder: CSVPictureBuilder
  /// The pictures' numbers in the table.
  let pictures: [Int]

  /// The tables' parts by split, the last split first; a column for the split decides before the
  /// file's name does.
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

  /// A table's pictures by split, in the order in which the splits were met.
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

  /// How many rows its pictures have.
  var rowCount: Int { pictures.reduce(0) { $0 + builder.table.rowCount(of: $1) } }

  /// Ranges of `pictures` with about as many rows each.
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
