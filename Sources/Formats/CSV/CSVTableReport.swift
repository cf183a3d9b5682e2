import COCO

/// Decides what the tables' numbers count, and tells what was understood of the tables.
struct CSVTableReport {
  private let options: ImportOptions
  /// What was noted of several tables, with the first and their number.
  private var notes: [(text: String, first: String, count: Int)] = []

  init(_ options: ImportOptions) {
    self.options = options
  }

  /// Whether the table's numbers are parts of the picture's size.
  mutating func areNormalised(_ table: CSVTable, _ imported: inout Imported) -> Bool {
    let columns = table.layout.columns
    var chosen = options.csvUnits
    // VIA draws on pixels.
    if case .regions = columns.form, chosen == .auto { chosen = .pixels }
    let units = CSVUnits(
      table.units, chosen: chosen, isCertain: columns.kind == CSVColumns.openImages)
    if let note = units.note { add(note, of: table) }
    if let doubt = units.doubt {
      let offset = doubt.offset ?? table.layout.dataStart
      imported.findings.append(
        Finding(.ambiguousUnits, doubt.message, at: table.origin(offset)))
    }
    return units.areNormalised
  }

  /// Reports an empty table, blanks around classes, and a class that nobody named.
  mutating func report(_ table: CSVTable, to imported: inout Imported) {
    if table.pictures.isEmpty, table.annotations == 0 {
      let message = "the table has a header and no rows"
      imported.findings.append(Finding(.emptyTable, message, at: table.origin(0)))
    }
    for label in table.labels where label.isPadded {
      imported.findings.append(
        Finding(
          .blankPaddedName, "blanks around the name \"\(label.name)\" are left out",
          at: table.origin(label.offset), field: .categoryID))
    }
    let columns = table.layout.columns
    if case .regions = columns.form { return }
    if columns.label == nil, let label = table.labels.first {
      add("there is no column for the class; all objects are of \"\(label.name)\"", of: table)
    }
  }

  private mutating func add(_ text: String, of table: CSVTable) {
    if let index = notes.firstIndex(where: { $0.text == text }) {
      notes[index].count += 1
    } else {
      notes.append((text, table.path, 1))
    }
  }

  /// Hands the notes over, those of many tables as one.
  func finish(_ imported: inout Imported) {
    for note in notes {
      let more = note.count > 1 ? " and \(note.count - 1) more" : ""
      imported.notes.append("\(note.first)\(more): \(note.text)")
    }
  }
}
